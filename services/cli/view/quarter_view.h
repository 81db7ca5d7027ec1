// QuarterView: quarters and their workflow as people read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_QUARTER_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_QUARTER_VIEW_H_

#include <string>

#include "absl/strings/string_view.h"
#include "sakip/realization/v1/quarter.pb.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// `diajukan`.
absl::string_view StateWord(realization::v1::Submission::State state);

// `Berikutnya   verifikasi, kembalikan (tanpa izin)`, with a newline.
std::string NextStepsLine(
    const google::protobuf::RepeatedPtrField<realization::v1::NextStep>& next_steps, int columns);

// Where it stands, what may be done next, how it came there, and what a close recorded.
std::string RenderQuarter(const realization::v1::Quarter& quarter, const Screen& screen);

// Sums by region, then one line an agency.
std::string RenderProgress(const realization::v1::GetQuarterProgressResponse& progress,
                           const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_QUARTER_VIEW_H_
