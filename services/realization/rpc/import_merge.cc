#include "services/realization/rpc/import_merge.h"

#include <map>
#include <set>
#include <string>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/message/item_check.h"
#include "services/realization/domain/check.h"
#include "services/realization/rpc/convert.h"

namespace sakip::realization {
namespace {

const std::string& CodeOf(const v1::IndicatorRealization& line) { return line.indicator_code(); }
const std::string& CodeOf(const v1::BudgetRealization& line) { return line.sub_activity_code(); }
const std::string& CodeOf(const v1::ObjectiveNarrative& line) { return line.objective_code(); }

template <typename Lines>
Lines Merged(const Lines& latest, const Lines& item) {
  std::map<std::string, const typename Lines::value_type*> replacements;
  for (const auto& line : item) replacements.emplace(CodeOf(line), &line);
  std::set<std::string> known;
  Lines merged;
  for (const auto& line : latest) {
    known.insert(CodeOf(line));
    const auto replacement = replacements.find(CodeOf(line));
    *merged.Add() = replacement == replacements.end() ? line : *replacement->second;
  }
  for (const auto& line : item) {
    if (!known.contains(CodeOf(line))) *merged.Add() = line;
  }
  return merged;
}

}  // namespace

absl::StatusOr<v1::Submission> MergeLines(const v1::Submission& latest,
                                          const v1::Submission& item) {
  if (latest.coverage() != item.coverage()) {
    return InvalidField("submission.coverage",
                        "is not that of the latest revision; lines of both do not go together");
  }
  v1::Submission merged = item;
  *merged.mutable_indicators() = Merged(latest.indicators(), item.indicators());
  *merged.mutable_budgets() = Merged(latest.budgets(), item.budgets());
  *merged.mutable_objectives() = Merged(latest.objectives(), item.objectives());
  RETURN_IF_ERROR(CheckItems(merged, "submission"));
  RETURN_IF_ERROR(CheckSubmission(ToSubmission(merged)));
  return merged;
}

}  // namespace sakip::realization
