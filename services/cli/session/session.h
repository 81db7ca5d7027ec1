// Session: what one run of sakipctl has: the three services, how to call them, where to print.
//
// Not thread-safe. The streams are borrowed and outlive it. Only results go to out().
#ifndef SAKIP_SERVICES_CLI_SESSION_SESSION_H_
#define SAKIP_SERVICES_CLI_SESSION_SESSION_H_

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>

#include <array>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/status_convert.h"
#include "common/tls/tls_files.h"
#include "services/cli/session/exit_code.h"
#include "services/cli/session/token_file.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

enum class Peer { kPlanning, kRealization, kScoring };

constexpr std::array<Peer, 3> kPeers = {Peer::kPlanning, Peer::kRealization, Peer::kScoring};

// `planning`, `realization`, `scoring`.
absl::string_view PeerName(Peer peer);

struct SessionOptions {
  std::array<std::string, kPeers.size()> addresses;  // By Peer.
  tls::TlsFiles tls;                                 // Without a CA all is plain text.
  std::string token_file;                            // Empty sends no token.
  std::string identity;                              // Empty sends none.
  absl::Duration timeout = absl::Seconds(10);        // Of each call, not of the command.
  bool json = false;
  bool err_is_terminal = false;  // Somebody may watch what takes long.
  Screen screen;
};

class Session {
 public:
  //   INVALID_ARGUMENT  an address or the identity is malformed, or an address is off loopback and
  //                     there is no CA.
  //   Errors of tls::ReadTlsFiles and of TokenFile::Open.
  static absl::StatusOr<std::unique_ptr<Session>> Create(const SessionOptions& options,
                                                         std::ostream& out, std::ostream& err);

  std::ostream& out() { return out_; }
  std::ostream& err() { return err_; }
  const SessionOptions& options() const { return options_; }
  const std::string& address(Peer peer) const {
    return options_.addresses[static_cast<size_t>(peer)];
  }
  const std::shared_ptr<grpc::Channel>& channel(Peer peer) const {
    return channels_[static_cast<size_t>(peer)];
  }

  // Sets deadline, token and identity. A call without an end has no deadline.
  void Prepare(grpc::ClientContext& context, bool without_end = false) const;

  // The same for a call that ends within `timeout`, whatever was asked for.
  void PrepareFor(absl::Duration timeout, grpc::ClientContext& context) const;

  // Calls `method` of the service behind `peer` and returns its answer or its error.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Peer peer,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Stub stub(channel(peer));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response;
  }

  // Calls a listing method page after page and returns one answer with the items of all. Ends also
  // where the server sends a page token twice.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> CallAll(Peer peer,
                                   grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                   Request request) const {
    Response all;
    while (true) {
      auto page = Call(peer, method, request);
      if (!page.ok()) return page.status();
      all.MergeFrom(*page);  // Appends what is repeated.
      all.clear_next_page_token();
      if (page->next_page_token().empty() || page->next_page_token() == request.page_token()) {
        return all;
      }
      request.set_page_token(page->next_page_token());
    }
  }

  // Prints `message` as JSON where that was asked for, otherwise `text`.
  ExitCode Print(const google::protobuf::Message& message, absl::string_view text);

 private:
  Session(const SessionOptions& options, std::ostream& out, std::ostream& err)
      : options_(options), out_(out), err_(err) {}

  absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials() const;
  absl::Status MakeChannels();

  const SessionOptions options_;
  std::optional<TokenFile> token_;
  std::ostream& out_;
  std::ostream& err_;
  std::array<std::shared_ptr<grpc::Channel>, kPeers.size()> channels_;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_SESSION_H_
