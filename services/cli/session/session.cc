#include "services/cli/session/session.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "services/cli/session/json.h"
#include "services/cli/session/retryable_methods.h"

namespace sakip::cli {
namespace {

// gRPC ends the process on metadata that HTTP/2 does not carry.
bool IsMetadata(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isprint(static_cast<unsigned char>(c)); });
}

}  // namespace

absl::string_view PeerName(Peer peer) {
  switch (peer) {
    case Peer::kPlanning:
      return "planning";
    case Peer::kRealization:
      return "realization";
    case Peer::kScoring:
      return "scoring";
  }
  return "";
}

absl::StatusOr<std::unique_ptr<Session>> Session::Create(const SessionOptions& options,
                                                         std::ostream& out, std::ostream& err) {
  if (!IsMetadata(options.identity)) {
    return absl::InvalidArgumentError("--identity has characters other than printable ASCII");
  }
  auto session = std::unique_ptr<Session>(new Session(options, out, err));
  const std::vector<std::string> methods = RetryableMethods();
  for (const Peer peer : kPeers) {
    auto channel =
        rpc::MakeChannel({.target = session->address(peer), .retryable_methods = methods});
    if (!channel.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", PeerName(peer), ": ", channel.status().message()));
    }
    session->channels_[static_cast<size_t>(peer)] = *std::move(channel);
  }
  return session;
}

void Session::Prepare(grpc::ClientContext& context, bool without_end) const {
  PrepareFor(without_end ? absl::InfiniteDuration() : options_.timeout, context);
}

void Session::PrepareFor(absl::Duration timeout, grpc::ClientContext& context) const {
  rpc::OutgoingCall call;
  if (timeout != absl::InfiniteDuration()) call.deadline = rpc::CallDeadline(timeout);
  call.dev_identity = options_.identity;
  rpc::Prepare(call, context);
}

ExitCode Session::Print(const google::protobuf::Message& message, absl::string_view text) {
  if (options_.json) {
    out_ << ToPrettyJson(message);
  } else {
    out_ << text;
  }
  return ExitCode::kOk;
}

}  // namespace sakip::cli
