// Security: how a service and its callers prove who they are, as the flags say. The flags are the
// same for all services; they stand in security.cc.
#ifndef SAKIP_COMMON_SERVICE_SECURITY_H_
#define SAKIP_COMMON_SERVICE_SECURITY_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/channel.h"
#include "common/rpc/identity.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/tls/certificates.h"
#include "common/tls/credentials.h"
#include "common/tls/service_authenticator.h"

namespace sakip::service {

// Thread-safe. Outlives the server and the channels made with it.
class Security {
 public:
  // `service` is the name of this one, such as `scoring`. Borrows the metrics.
  //
  //   INVALID_ARGUMENT  a flag is wrong, or two contradict each other.
  //   Errors of tls::ReadTlsFiles.
  static absl::StatusOr<std::unique_ptr<Security>> FromFlags(absl::string_view service,
                                                             rpc::Metrics& metrics);

  // Who calls: services by their certificates, then everybody as --identity says. For one gate,
  // which this outlives.
  absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeAuthenticator() const;

  // Sets what the server proves itself with.
  //
  //   INVALID_ARGUMENT  a flag is wrong.
  absl::Status Secure(rpc::ServerOptions& options) const;

  // A channel to another service, as this one: by its certificate over TLS, in plain text by the
  // development identity. `server_identity` as in tls::MakeChannelCredentials.
  //
  //   INVALID_ARGUMENT     as rpc::MakeChannel.
  //   FAILED_PRECONDITION  there is nothing to prove by who this service is.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(rpc::ChannelOptions options,
                                                         absl::string_view server_identity) const;

 private:
  explicit Security(rpc::Metrics& metrics) : metrics_(metrics) {}

  absl::Status SetKnownPeers();

  bool has_tls() const { return certificates_ != nullptr; }

  rpc::Metrics& metrics_;
  std::string service_;
  std::unique_ptr<tls::Certificates> certificates_;  // Null where all is plain text.
  tls::ClientCertificates clients_ = tls::ClientCertificates::kRequired;
  tls::KnownPeers known_;
};

}  // namespace sakip::service

#endif  // SAKIP_COMMON_SERVICE_SECURITY_H_
