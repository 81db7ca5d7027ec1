#include "services/planning/domain/reference_value.h"

#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/text.h"
#include "common/exact/decimal.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr size_t kNoteCharactersMax = 2000;

void CheckRow(const ReferenceValue& row, const std::string& path, FieldErrors& errors) {
  CheckCode(row.indicator_code, path + ".indicator_code", errors);
  CheckYear(row.year, path + ".year", errors);
  if (row.level == ReferenceLevel::kUnspecified) {
    errors.Add(path + ".level", "is missing; LEVEL_NATIONAL or LEVEL_PROVINCIAL");
  }
  CheckMeasure(row.measure, path + ".measure", errors);
  CheckName(row.source, path + ".source", errors);
  const absl::Status note = CheckText(row.note, 0, kNoteCharactersMax);
  if (!note.ok()) errors.Add(path + ".note", note.message());
}

bool SameMeasure(const std::optional<Measure>& a, const std::optional<Measure>& b) {
  if (!a.has_value() || !b.has_value()) return a.has_value() == b.has_value();
  const auto left = exact::Decimal::Parse(a->value);
  const auto right = exact::Decimal::Parse(b->value);
  return left.ok() && right.ok() && *left == *right && a->unit == b->unit;
}

}  // namespace

std::string ReferenceValueName(absl::string_view region, const ReferenceValue& value) {
  return absl::StrCat(region, "/", kReferenceValues, "/",
                      value.level == ReferenceLevel::kNational ? "national" : "provincial", ".",
                      value.year, ".", value.indicator_code);
}

std::vector<std::vector<FieldViolation>> CheckReferenceRows(
    const std::vector<ReferenceValue>& rows) {
  std::map<std::tuple<absl::string_view, int, ReferenceLevel>, size_t> first_rows;
  std::vector<std::vector<FieldViolation>> violations;
  violations.reserve(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const ReferenceValue& row = rows[i];
    const std::string path = "rows" + Index(i);
    FieldErrors errors;
    CheckRow(row, path, errors);
    // Also after a bad row: which of the two is meant is the sender's to say.
    const auto [first, is_new] = first_rows.emplace(
        std::tuple(absl::string_view(row.indicator_code), row.year, row.level), i);
    if (!is_new && errors.empty()) {
      errors.Add(path, absl::StrCat("repeats indicator, year and level of rows[", first->second,
                                    "]; send each value once"));
    }
    violations.push_back(errors.violations());
  }
  return violations;
}

RowOutcome DecideRow(const ReferenceValue& row, const std::optional<ReferenceValue>& latest) {
  if (!latest.has_value()) return RowOutcome::kCreated;
  const bool same = SameMeasure(row.measure, latest->measure) && row.source == latest->source &&
                    row.note == latest->note;
  return same ? RowOutcome::kUnchanged : RowOutcome::kUpdated;
}

}  // namespace sakip::planning
