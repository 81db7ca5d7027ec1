#include "services/realization/domain/submit.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::realization {

absl::StatusOr<uint32_t> DecideRevision(absl::string_view submission, const Quarter& quarter,
                                        uint32_t expected_revision, absl::string_view reason) {
  RETURN_IF_ERROR(CheckStep(submission, quarter, Step::kSubmit));
  const uint32_t submitted = quarter.revision;
  if (submitted != expected_revision) {
    return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                     absl::StrCat(submission, " is at revision ", submitted, ", not at ",
                                  expected_revision, "; read it and decide again"),
                     {{"current_revision", absl::StrCat(submitted)}});
  }
  if (submitted > 0 && reason.empty()) {
    return InvalidField("submission.reason",
                        "is empty; say why the submission before is superseded");
  }
  return submitted + 1;
}

absl::Status SubmissionNotFound(absl::string_view submission) {
  return MakeError(absl::StatusCode::kNotFound, "SUBMISSION_NOT_FOUND",
                   absl::StrCat(submission, " was not submitted, or not in so high a revision"));
}

absl::Status PlanNotPublished(absl::string_view plan) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "PLAN_NOT_PUBLISHED",
                   absl::StrCat(plan, " is not published; publish the annual plan first"));
}

absl::Status AgencyNotFound(absl::string_view agency) {
  return MakeError(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND",
                   absl::StrCat("planning knows no agency ", agency));
}

}  // namespace sakip::realization
