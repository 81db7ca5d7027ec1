#include "services/scoring/domain/form/narratives.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"

namespace sakip::scoring::form {
namespace {

bool AnySays(const std::vector<IndicatorScore>& indicators) {
  return std::any_of(indicators.begin(), indicators.end(),
                     [](const IndicatorScore& score) { return Says(score.narrative); });
}

}  // namespace

bool Says(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || !absl::ascii_isascii(c);
  });
}

bool Says(const Narrative& narrative) {
  return Says(narrative.success_factors) || Says(narrative.constraints) ||
         Says(narrative.follow_up);
}

bool SaysAnything(const ProgramScore& program) {
  if (AnySays(program.indicators)) return true;
  for (const ActivityScore& activity : program.activities) {
    if (AnySays(activity.indicators)) return true;
    for (const SubActivityScore& part : activity.sub_activities) {
      if (AnySays(part.indicators) || Says(part.narrative)) return true;
    }
  }
  return false;
}

bool SaysAnything(const Scorecard& card) {
  for (const ObjectiveScore& objective : card.objectives) {
    if (Says(objective.narrative) || AnySays(objective.indicators)) return true;
    for (const ProgramScore& program : objective.programs) {
      if (SaysAnything(program)) return true;
    }
  }
  return false;
}

}  // namespace sakip::scoring::form
