#include "services/realization/rpc/import_summary.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/realization/rpc/field_root.h"

namespace sakip::realization {
namespace {

constexpr size_t kTextBytesMax = 300;
constexpr size_t kFieldsMax = 20;

}  // namespace

std::string Shortened(absl::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

bool IsFaultOfItem(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

void SetFailed(const absl::Status& status, v1::ItemOutcome& outcome) {
  outcome.set_outcome(v1::ItemOutcome::OUTCOME_FAILED);
  outcome.clear_revision();
  outcome.clear_receipt();
  const absl::Status moved =
      MoveFieldRoot(status, "submission.", absl::StrCat("items[", outcome.index(), "]."));
  v1::ItemError& error = *outcome.mutable_error();
  error.set_reason(ErrorReason(moved));
  error.set_message(Shortened(moved.message(), kTextBytesMax));
  for (const FieldViolation& violation : FieldViolations(moved)) {
    if (static_cast<size_t>(error.fields_size()) == kFieldsMax) break;
    v1::FieldProblem& problem = *error.add_fields();
    problem.set_field(Shortened(violation.field, kTextBytesMax));
    problem.set_description(Shortened(violation.description, kTextBytesMax));
  }
}

void SummaryBuilder::Add(v1::ItemOutcome outcome) {
  switch (outcome.outcome()) {
    case v1::ItemOutcome::OUTCOME_CREATED:
      summary_.set_created(summary_.created() + 1);
      break;
    case v1::ItemOutcome::OUTCOME_UPDATED:
      summary_.set_updated(summary_.updated() + 1);
      break;
    case v1::ItemOutcome::OUTCOME_UNCHANGED:
      summary_.set_unchanged(summary_.unchanged() + 1);
      break;
    case v1::ItemOutcome::OUTCOME_IGNORED:
      summary_.set_ignored(summary_.ignored() + 1);
      break;
    case v1::ItemOutcome::OUTCOME_NOT_STORED:
      summary_.set_not_stored(summary_.not_stored() + 1);
      break;
    default:
      summary_.set_failed(summary_.failed() + 1);
      break;
  }
  if (outcome.has_error()) {
    error_bytes_ += outcome.error().ByteSizeLong();
    if (error_bytes_ > kErrorBytesMax) {
      outcome.mutable_error()->clear_message();
      outcome.mutable_error()->clear_fields();
    }
  }
  *summary_.add_outcomes() = std::move(outcome);
}

}  // namespace sakip::realization
