#include "services/cli/session/session.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/tls/certificates.h"
#include "common/tls/credentials.h"
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
  if (!options.token_file.empty()) {
    if (!options.identity.empty()) {
      return absl::InvalidArgumentError("--token-file says who calls; leave --identity away");
    }
    ASSIGN_OR_RETURN(session->token_, TokenFile::Open(options.token_file));
  }
  RETURN_IF_ERROR(session->MakeChannels());
  return session;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Session::MakeCredentials() const {
  if (options_.tls.ca.empty()) {
    if (options_.tls.certificate.empty() && options_.tls.key.empty()) return nullptr;
    return absl::InvalidArgumentError("--tls-certificate needs --tls-ca, to know the servers by");
  }
  ASSIGN_OR_RETURN(const tls::CertificateSource source, tls::ReadOnce(options_.tls));
  return tls::MakeChannelCredentials(source);
}

absl::Status Session::MakeChannels() {
  ASSIGN_OR_RETURN(const auto credentials, MakeCredentials());
  const std::vector<std::string> methods = RetryableMethods();
  for (const Peer peer : kPeers) {
    auto channel = rpc::MakeChannel(
        {.target = address(peer), .credentials = credentials, .retryable_methods = methods});
    if (!channel.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", PeerName(peer), ": ", channel.status().message(),
                       credentials == nullptr ? "; see --tls-ca" : ""));
    }
    channels_[static_cast<size_t>(peer)] = *std::move(channel);
  }
  return absl::OkStatus();
}

void Session::Prepare(grpc::ClientContext& context, bool without_end) const {
  PrepareFor(without_end ? absl::InfiniteDuration() : options_.timeout, context);
}

void Session::PrepareFor(absl::Duration timeout, grpc::ClientContext& context) const {
  rpc::OutgoingCall call;
  if (timeout != absl::InfiniteDuration()) call.deadline = rpc::CallDeadline(timeout);
  call.dev_identity = options_.identity;
  rpc::Prepare(call, context);
  if (token_.has_value()) {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token_->Current()));
  }
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
