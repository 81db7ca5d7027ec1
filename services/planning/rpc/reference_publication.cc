#include "services/planning/rpc/reference_publication.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace sakip::planning {
namespace {

using Outcome = v1::ReferenceValueOutcome;

constexpr size_t kViolationsOfARowMax = 10;
constexpr size_t kViolationsMax = 1000;

ReferenceLevel ToLevel(v1::ReferenceValue::Level level) {
  switch (level) {
    case v1::ReferenceValue::LEVEL_NATIONAL:
      return ReferenceLevel::kNational;
    case v1::ReferenceValue::LEVEL_PROVINCIAL:
      return ReferenceLevel::kProvincial;
    default:
      return ReferenceLevel::kUnspecified;
  }
}

ReferenceValue ToReferenceValue(const v1::ReferenceValue& value) {
  ReferenceValue row{value.indicator_code(), value.year(),   ToLevel(value.level()),
                     std::nullopt,           value.source(), value.note()};
  if (value.has_measure()) row.measure = Measure{value.measure().value(), value.measure().unit()};
  return row;
}

std::optional<ReferenceValue> ToReferenceValue(const std::optional<v1::ReferenceValue>& value) {
  if (!value.has_value()) return std::nullopt;
  return ToReferenceValue(*value);
}

}  // namespace

ReferencePublication::ReferencePublication(v1::PublishReferenceValuesRequest request)
    : request_(std::move(request)) {
  rows_.reserve(request_.rows_size());
  for (const v1::ReferenceValue& row : request_.rows()) rows_.push_back(ToReferenceValue(row));
  violations_ = CheckReferenceRows(rows_);
  for (const auto& violations : violations_) refused_count_ += violations.empty() ? 0 : 1;
}

std::string ReferencePublication::Stream() const {
  return absl::StrCat(request_.parent(), "/", kReferenceValues);
}

v1::ReferenceValuesPublished ReferencePublication::Decide(const ReferenceValueView& view) const {
  v1::ReferenceValuesPublished event;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (!violations_[i].empty()) {
      event.add_refused_rows(static_cast<int32_t>(i));
      continue;
    }
    const v1::ReferenceValue& row = request_.rows(static_cast<int>(i));
    const auto latest = ToReferenceValue(view.Find(request_.parent(), row));
    const RowOutcome outcome = DecideRow(rows_[i], latest);
    if (outcome == RowOutcome::kUnchanged) continue;
    v1::ReferenceValueChange& change = *event.add_changes();
    change.set_row(static_cast<int32_t>(i));
    change.set_replaces(outcome == RowOutcome::kUpdated);
    v1::ReferenceValue& value = *change.mutable_reference_value();
    value = row;
    value.set_name(ReferenceValueName(request_.parent(), rows_[i]));
    value.clear_log_position();
  }
  return event;
}

v1::PublishReferenceValuesResponse ReferencePublication::Answer(
    const v1::ReferenceValuesPublished& event) const {
  std::vector<Outcome::Outcome> outcomes(rows_.size(), Outcome::OUTCOME_UNCHANGED);
  for (const int32_t row : event.refused_rows()) outcomes[row] = Outcome::OUTCOME_REFUSED;
  for (const v1::ReferenceValueChange& change : event.changes()) {
    outcomes[change.row()] =
        change.replaces() ? Outcome::OUTCOME_UPDATED : Outcome::OUTCOME_CREATED;
  }
  const auto count = [&](Outcome::Outcome outcome) {
    return static_cast<int32_t>(std::count(outcomes.begin(), outcomes.end(), outcome));
  };
  v1::PublishReferenceValuesResponse response;
  response.set_created_count(count(Outcome::OUTCOME_CREATED));
  response.set_updated_count(count(Outcome::OUTCOME_UPDATED));
  response.set_unchanged_count(count(Outcome::OUTCOME_UNCHANGED));
  response.set_refused_count(count(Outcome::OUTCOME_REFUSED));
  size_t told = 0;
  for (size_t i = 0; i < rows_.size(); ++i) {
    Outcome& outcome = *response.add_outcomes();
    outcome.set_outcome(outcomes[i]);
    if (outcomes[i] != Outcome::OUTCOME_REFUSED) {
      outcome.set_name(ReferenceValueName(request_.parent(), rows_[i]));
      continue;
    }
    const size_t most = std::min(kViolationsOfARowMax, kViolationsMax - told);
    for (size_t j = 0; j < std::min(most, violations_[i].size()); ++j, ++told) {
      v1::ReferenceValueViolation& violation = *outcome.add_violations();
      violation.set_field(violations_[i][j].field);
      violation.set_description(violations_[i][j].description);
    }
  }
  return response;
}

}  // namespace sakip::planning
