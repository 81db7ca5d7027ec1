#include "services/realization/domain/submit.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::realization {

absl::StatusOr<uint32_t> DecideRevision(absl::string_view submission, uint32_t submitted,
                                        uint32_t expected_revision, absl::string_view reason) {
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

}  // namespace sakip::realization
