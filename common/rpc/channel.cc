#include "common/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "common/rpc/added_metadata.h"
#include "common/rpc/address.h"
#include "common/rpc/call_id.h"
#include "common/rpc/identity.h"

namespace sakip::rpc {
namespace {

// gRPC service config: https://github.com/grpc/proposal/blob/master/A6-client-retries.md
absl::StatusOr<std::string> ServiceConfig(const ChannelOptions& options) {
  nlohmann::json names = nlohmann::json::array();
  for (const std::string& method : options.retryable_methods) {
    const std::vector<std::string> parts = absl::StrSplit(method, '/');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("retryable method ", method, " is not like sakip.x.v1.XService/GetY"));
    }
    names.push_back({{"service", parts[0]}, {"method", parts[1]}});
  }
  nlohmann::json config = nlohmann::json::object();
  // A tenth of the calls may be retries: a service that is down is not beaten.
  config["retryThrottling"] = {{"maxTokens", 100}, {"tokenRatio", 0.1}};
  if (!names.empty()) {
    nlohmann::json retry = {{"maxAttempts", options.attempts_max},
                            {"initialBackoff", "0.1s"},
                            {"maxBackoff", "2s"},
                            {"backoffMultiplier", 2},
                            {"retryableStatusCodes", {"UNAVAILABLE"}}};
    nlohmann::json method_config = {{"name", std::move(names)}, {"retryPolicy", std::move(retry)}};
    config["methodConfig"] = nlohmann::json::array({std::move(method_config)});
  }
  return config.dump();
}

grpc::ChannelArguments Arguments(const ChannelOptions& options, const std::string& config) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(config);
  arguments.SetMaxReceiveMessageSize(options.receive_bytes_max);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  // Also how long connecting may take: a busy machine needs more than a second.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  return arguments;
}

absl::Status CheckTarget(const ChannelOptions& options) {
  if (options.credentials == nullptr) {
    if (IsLoopback(options.target)) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat("target ", options.target,
                     " is not on loopback, such as 127.0.0.1:50051, and there is no TLS to it"));
  }
  if (!options.dev_identity.empty()) {
    return absl::InvalidArgumentError("a development identity is not sent over TLS");
  }
  if (IsHostAndPort(options.target) || IsLoopback(options.target)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("target ", options.target, " is not like planning.example.go.id:50151"));
}

std::vector<InterceptorFactory> InterceptorsOf(const ChannelOptions& options) {
  std::vector<InterceptorFactory> interceptors;
  if (!options.dev_identity.empty()) {
    interceptors.push_back(AddMetadata(kDevIdentityKey, options.dev_identity));
  }
  return interceptors;
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options) {
  RETURN_IF_ERROR(CheckTarget(options));
  if (options.attempts_max < 2 || options.attempts_max > 5) {
    return absl::InvalidArgumentError("attempts_max is not 2 to 5");
  }
  ASSIGN_OR_RETURN(const std::string config, ServiceConfig(options));
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      options.target,
      options.credentials == nullptr ? grpc::InsecureChannelCredentials() : options.credentials,
      Arguments(options, config), InterceptorsOf(options));
}

void Prepare(const OutgoingCall& call, grpc::ClientContext& context) {
  if (call.deadline != absl::InfiniteFuture()) {
    context.set_deadline(absl::ToChronoTime(call.deadline));
  }
  if (!call.call_id.empty()) context.AddMetadata(kCallIdKey, call.call_id);
  if (!call.dev_identity.empty()) context.AddMetadata(kDevIdentityKey, call.dev_identity);
}

absl::Time CallDeadline(const Call& incoming, absl::Duration timeout) {
  return std::min(incoming.deadline(), CallDeadline(timeout));
}

absl::Time CallDeadline(absl::Duration timeout) { return absl::Now() + timeout; }

}  // namespace sakip::rpc
