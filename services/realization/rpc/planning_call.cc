#include "services/realization/rpc/planning_call.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace sakip::realization {

rpc::OutgoingCall OnBehalfOf(const rpc::Call& call) {
  rpc::OutgoingCall outgoing;
  outgoing.deadline = call.deadline();
  outgoing.call_id = call.call_id();
  return outgoing;
}

LimitedLines& PlanningLines() {
  // Not destroyed: an answer may still come while the process ends.
  static LimitedLines& lines =
      *new LimitedLines(LogLevel::kWarning, "planning_unavailable", "service");
  return lines;
}

absl::Status PlanningUnavailable(absl::string_view what, const rpc::OutgoingCall& outgoing,
                                 const absl::Status& cause) {
  if (PlanningLines().Take({"planning", cause.code(), ErrorReason(cause)}, absl::Now())) {
    Log(LogLevel::kWarning, "planning_unavailable",
        {{"call_id", outgoing.call_id}, {"about", std::string(what)}, {"error", cause.ToString()}});
  }
  return MakeError(absl::StatusCode::kUnavailable, "PLANNING_UNAVAILABLE",
                   absl::StrCat("planning could not be asked about ", what, "; retry later"));
}

}  // namespace sakip::realization
