// MakeChannel is the one factory of client channels; nobody else calls grpc::CreateChannel.
#ifndef SAKIP_COMMON_RPC_CHANNEL_H_
#define SAKIP_COMMON_RPC_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"

namespace sakip::rpc {

struct ChannelOptions {
  std::string target{};  // `127.0.0.1:50051`, `unix:path`, or with TLS `host:port`.
  std::shared_ptr<grpc::ChannelCredentials> credentials{};  // TLS; null means plain text.
  std::string dev_identity{};  // FormatDevIdentity(), sent with every call; empty sends none.
  // Methods that are tried again on UNAVAILABLE, as `sakip.planning.v1.PlanningService/GetAgency`:
  // reads, and writes with a `request_id`. Others are sent once.
  std::vector<std::string> retryable_methods{};
  int attempts_max = 4;                            // The first one included; 2 to 5.
  int receive_bytes_max = (4 << 20) + (64 << 10);  // A response of 4 MiB and slack.
};

// Does not connect yet; calls do, and again after a break, every 2 s at most.
//   INVALID_ARGUMENT  an option is wrong; also a target off loopback without TLS, or an identity
//   that
//                     is believed without proof with it.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options);

// What every outgoing call carries.
struct OutgoingCall {
  absl::Time deadline = absl::InfiniteFuture();  // Infinite only for streams without an end.
  std::string call_id{};       // Links its log lines to the caller's; empty lets the server choose.
  std::string dev_identity{};  // FormatDevIdentity(); empty means `developer`.
};

void Prepare(const OutgoingCall& call, grpc::ClientContext& context);

// Deadline for a call made while `incoming` is served: `timeout` from now, never later than the
// incoming deadline.
absl::Time CallDeadline(const Call& incoming, absl::Duration timeout);

// Deadline for a call that nobody waits for.
absl::Time CallDeadline(absl::Duration timeout);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_CHANNEL_H_
