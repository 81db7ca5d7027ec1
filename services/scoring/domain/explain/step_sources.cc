#include "services/scoring/domain/explain/step_sources.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace sakip::scoring::explain {
namespace {

// `{name}@{revision} {path}`, as plan::Location writes it.
std::optional<EventSource> ParseLocation(const std::string& location) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(location, absl::MaxSplits(' ', 1));
  const size_t at = parts.first.rfind('@');
  EventSource source;
  if (at == absl::string_view::npos ||
      !absl::SimpleAtoi(parts.first.substr(at + 1), &source.revision)) {
    return std::nullopt;
  }
  source.name = std::string(parts.first.substr(0, at));
  source.path = std::string(parts.second);
  source.log = absl::StrContains(source.name, "/submissions/") ? Log::kRealization : Log::kPlanning;
  return source;
}

std::vector<EventSource> OfInput(const Step& step) {
  std::optional<EventSource> source = ParseLocation(step.source);
  if (!source.has_value()) return {};
  source->log_position = step.log_position;
  // What was declared not applicable says why.
  const bool has_reason = step.note.code == PhraseCode::kVerbatim && step.result.empty();
  source->value = has_reason ? step.note.arguments.front() : step.result;
  source->unit = step.unit;
  return {*std::move(source)};
}

EventSource OfPolicy(const Basics& basics, std::string path, std::string value) {
  EventSource source;
  source.name = basics.policy.name;
  source.path = std::move(path);
  source.value = std::move(value);
  if (const auto& region = basics.scorecard.region_policy; region.has_value()) {
    source.log = Log::kPlanning;
    source.log_position = region->log_position;
  }
  return source;
}

absl::string_view NameOf(Level level) {
  switch (level) {
    case Level::kObjective:
      return "LEVEL_OBJECTIVE";
    case Level::kProgram:
      return "LEVEL_PROGRAM";
    case Level::kActivity:
      return "LEVEL_ACTIVITY";
    case Level::kSubActivity:
      break;
  }
  return "LEVEL_SUB_ACTIVITY";
}

std::vector<EventSource> OfClamp(const Basics& basics, const Item& item, const Step& step) {
  const auto clamp = basics.policy.clamps.find(item.level);
  if (step.note.code != PhraseCode::kBoundsOfLevel || clamp == basics.policy.clamps.end()) {
    return {};
  }
  const std::string path = absl::StrCat("clamps[", NameOf(item.level), "]");
  return {OfPolicy(basics, path + ".lower", clamp->second.lower.ToString()),
          OfPolicy(basics, path + ".upper", clamp->second.upper.ToString())};
}

std::vector<EventSource> OfRating(const Basics& basics, const Step& step) {
  if (step.note.code == PhraseCode::kToleranceOfPolicy) {
    return {
        OfPolicy(basics, "efficiency.tolerance", basics.policy.efficiency.tolerance.ToString())};
  }
  for (const policy::RatingBand& band : basics.policy.scale.bands) {
    if (band.rating != step.result) continue;
    const std::string path = absl::StrCat("rating_scale.bands[", band.rating, "].lower");
    return {OfPolicy(basics, path, band.lower.has_value() ? band.lower->ToString() : "")};
  }
  return {};
}

// The weights of a mean, where any is not 1: of the parts that have a number.
std::vector<EventSource> OfMean(const Basics& basics, const FigureIndex& index, const Item& item) {
  std::vector<EventSource> sources;
  if (basics.policy.weighting == policy::Weighting::kEqual) return sources;
  for (const ItemKey& key : item.indicators) {
    const Item& indicator = *index.Find(key);
    if (indicator.weight == Rational(1)) continue;
    EventSource source;
    source.log = Log::kPlanning;
    source.log_position = basics.plan.ref.log_position;
    source.name = basics.plan.ref.name;
    source.revision = basics.plan.ref.revision;
    source.path = absl::StrCat("indicators[", key.second, "].weight");
    source.value = ExactText(indicator.weight);
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace

std::vector<EventSource> SourcesOf(const Basics& basics, const FigureIndex& index, const Item& item,
                                   const Step& step) {
  switch (step.kind) {
    case Step::Kind::kInput:
    case Step::Kind::kState:
      return OfInput(step);
    case Step::Kind::kClamp:
      return OfClamp(basics, item, step);
    case Step::Kind::kMean:
      return OfMean(basics, index, item);
    case Step::Kind::kRounding:
      return {OfPolicy(basics, "digits", absl::StrCat(basics.policy.digits))};
    case Step::Kind::kRating:
      return OfRating(basics, step);
    case Step::Kind::kAggregation:
    case Step::Kind::kFormula:
      break;
  }
  return {};
}

}  // namespace sakip::scoring::explain
