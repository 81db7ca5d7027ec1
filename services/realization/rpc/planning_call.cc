#include "services/realization/rpc/planning_call.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/rpc/failure_lines.h"

namespace sakip::realization {

rpc::OutgoingCall OnBehalfOf(const rpc::Call& call) {
  rpc::OutgoingCall outgoing;
  outgoing.deadline = call.deadline();
  outgoing.call_id = call.call_id();
  return outgoing;
}

absl::Status PlanningUnavailable(absl::string_view what, const rpc::OutgoingCall& outgoing,
                                 const absl::Status& cause) {
  // A few a second say what is wrong; the calls that fail of it are counted with the others.
  static rpc::FailureLines& lines = *new rpc::FailureLines;
  if (lines.Take({"planning", cause.code(), ErrorReason(cause)}, absl::Now())) {
    Log(LogLevel::kWarning, "planning_unavailable",
        {{"call_id", outgoing.call_id}, {"about", std::string(what)}, {"error", cause.ToString()}});
  }
  return MakeError(absl::StatusCode::kUnavailable, "PLANNING_UNAVAILABLE",
                   absl::StrCat("planning could not be asked about ", what, "; retry later"));
}

}  // namespace sakip::realization
