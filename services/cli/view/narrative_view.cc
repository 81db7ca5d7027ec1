#include "services/cli/view/narrative_view.h"

#include <google/protobuf/repeated_field.h>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using ::google::protobuf::RepeatedPtrField;
using ::sakip::realization::v1::Narrative;
using ::sakip::scoring::v1::IndicatorScore;
using ::sakip::scoring::v1::ProgramScore;

// Not thread-safe.
class Narrator {
 public:
  explicit Narrator(const Screen& screen) : screen_(screen) {}

  const std::string& text() const { return text_; }

  void Tell(absl::string_view code, const Narrative& narrative) {
    Line(code, "faktor pendorong", narrative.success_factors());
    Line(code, "kendala", narrative.constraints());
    Line(code, "tindak lanjut", narrative.follow_up());
  }

  void Tell(const RepeatedPtrField<IndicatorScore>& indicators) {
    for (const IndicatorScore& indicator : indicators) {
      Tell(indicator.code(), indicator.narrative());
    }
  }

  void Tell(const ProgramScore& program) {
    Tell(program.indicators());
    for (const auto& activity : program.activities()) {
      Tell(activity.indicators());
      for (const auto& sub : activity.sub_activities()) {
        Tell(sub.indicators());
        Tell(absl::StrCat(sub.code(), " anggaran"), sub.narrative());
      }
    }
  }

 private:
  void Line(absl::string_view code, absl::string_view what, absl::string_view words) {
    if (words.empty()) return;
    text_ += Paragraph(absl::StrCat(code, " ", what, ": "), words, screen_.columns);
  }

  const Screen& screen_;
  std::string text_;
};

}  // namespace

std::string RenderNarratives(const scoring::v1::Scorecard& card, const Screen& screen) {
  Narrator narrator(screen);
  for (const auto& objective : card.objectives()) {
    narrator.Tell(objective.code(), objective.narrative());
    narrator.Tell(objective.indicators());
    for (const ProgramScore& program : objective.programs()) narrator.Tell(program);
  }
  return narrator.text();
}

std::string RenderNarratives(const scoring::v1::RenjaEvaluation& form, const Screen& screen) {
  Narrator narrator(screen);
  for (const auto& row : form.rows()) {
    const bool of_money = row.level() == types::v1::LEVEL_SUB_ACTIVITY;
    narrator.Tell(absl::StrCat(row.code(), of_money ? " anggaran" : ""), row.node_narrative());
    narrator.Tell(row.indicator_code(), row.narrative());
  }
  return narrator.text();
}

}  // namespace sakip::cli
