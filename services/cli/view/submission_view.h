// SubmissionView: submissions as people read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_SUBMISSION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_SUBMISSION_VIEW_H_

#include <string>
#include <vector>

#include "sakip/realization/v1/submission.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// Heading, what was achieved, what was spent.
std::string RenderSubmission(const realization::v1::Submission& submission, const Screen& screen);

// One line a submission.
std::string RenderSubmissionList(const std::vector<realization::v1::Submission>& submissions,
                                 const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_SUBMISSION_VIEW_H_
