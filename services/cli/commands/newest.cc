#include "services/cli/commands/newest.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

using eventlog::v1::EventLogService;

// Records in the log of `peer`; 0, which waits for nothing, where it cannot be asked.
uint64_t EndOf(Session& session, Peer peer) {
  const auto head =
      session.Call(peer, &EventLogService::Stub::GetHead, eventlog::v1::GetHeadRequest());
  if (head.ok()) return head->end_position();
  Warn(session.err(),
       absl::StrCat("cannot ask ", PeerName(peer), " at ", session.address(peer),
                    " how long its log is (", absl::StatusCodeToString(head.status().code()),
                    "); its newest records may be missing"));
  return 0;
}

}  // namespace

void AskForNewest(Session& session, scoring::v1::LogPositions& at_least) {
  at_least.set_planning(EndOf(session, Peer::kPlanning));
  at_least.set_realization(EndOf(session, Peer::kRealization));
}

}  // namespace sakip::cli
