// TlsTestServer serves the service of the tests over TLS and remembers who called.
#ifndef SAKIP_COMMON_TLS_TESTING_TLS_TEST_SERVER_H_
#define SAKIP_COMMON_TLS_TESTING_TLS_TEST_SERVER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/base/mutex.h"
#include "common/rpc/test_server.h"
#include "common/tls/certificates.h"
#include "common/tls/credentials.h"
#include "common/tls/service_authenticator.h"
#include "common/tls/testing/tls_folder.h"

namespace sakip::tls::testing {

// Believes nobody: who gets through did so by a certificate.
class NobodyElse : public rpc::Authenticator {
 public:
  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence&) const override {
    return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID", "nobody");
  }
  absl::Status Confirm(const rpc::Principal&) const override {
    return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID", "nobody any more");
  }
  bool loopback_only() const override { return false; }
};

struct TlsServerWish {
  ClientCertificates clients = ClientCertificates::kRequired;
  std::string services = "spiffe://sakip/service/scoring";
  std::string proxies{};
  TlsFiles files{};
  absl::Duration connection_age_max = absl::Minutes(10);
  absl::Duration handshake_max = absl::Seconds(5);
};

// Not thread-safe, but for what gRPC calls.
class TlsTestServer {
 public:
  explicit TlsTestServer(const TlsServerWish& wish)
      : certificates_(
            Certificates::Open({.files = wish.files, .check_interval = absl::Hours(1)}).value()),
        server_(GateOf(wish), OptionsOf(wish)) {
    server_.service->on_get = [this](const auto& call, const auto& done) {
      {
        MutexLock lock(mutex_);
        principal_ = call->principal();
        peer_ = call->peer();
      }
      done(rpctest::v1::GetResponse());
    };
  }

  const std::string& address() const { return server_.server->address(); }
  Certificates& certificates() { return *certificates_; }

  // Of the last call that was let through.
  rpc::Principal principal() const {
    MutexLock lock(mutex_);
    return principal_;
  }
  std::string peer() const {
    MutexLock lock(mutex_);
    return peer_;
  }

 private:
  rpc::GateOptions GateOf(const TlsServerWish& wish) const {
    rpc::GateOptions options;
    const bool has_peers = wish.clients != ClientCertificates::kNone;
    options.authenticator = std::make_unique<ServiceAuthenticator>(
        KnownPeers{.services = ParseServiceIdentities(wish.services).value(),
                   .proxies = ParseServiceIdentities(wish.proxies).value()},
        has_peers ? &certificates_->peers() : nullptr, std::make_unique<NobodyElse>());
    return options;
  }

  rpc::ServerOptions OptionsOf(const TlsServerWish& wish) const {
    rpc::ServerOptions options;
    options.credentials = MakeServerCredentials(certificates_->source(), wish.clients).value();
    options.connection_age_max = wish.connection_age_max;
    options.handshake_max = wish.handshake_max;
    return options;
  }

  const std::unique_ptr<Certificates> certificates_;
  mutable Mutex mutex_;
  rpc::Principal principal_ ABSL_GUARDED_BY(mutex_);
  std::string peer_ ABSL_GUARDED_BY(mutex_);
  rpc::TestServer server_;
};

// A client with the files of a folder.
class TlsTestClient {
 public:
  TlsTestClient(const std::string& address, const TlsFiles& files,
                const std::string& server_identity = "")
      : certificates_(
            Certificates::Open({.files = files, .check_interval = absl::Hours(1)}).value()) {
    rpc::ChannelOptions options;
    options.target = address;
    options.credentials = MakeChannelCredentials(certificates_->source(), server_identity).value();
    stub_ = rpctest::v1::TestService::NewStub(rpc::MakeChannel(options).value());
  }

  Certificates& certificates() { return *certificates_; }

  // `forwarded` is sent as `x-forwarded-for`, each in turn.
  absl::Status Get(const std::vector<std::string>& forwarded = {}) {
    grpc::ClientContext context;
    for (const std::string& value : forwarded) context.AddMetadata(rpc::kForwardedForKey, value);
    rpc::Prepare(rpc::TestServer::WithDeadline(), context);
    rpctest::v1::GetRequest request;
    request.set_name(rpc::kAgency);
    rpctest::v1::GetResponse response;
    return rpc::FromGrpcStatus(stub_->Get(&context, request, &response));
  }

 private:
  const std::unique_ptr<Certificates> certificates_;
  std::unique_ptr<rpctest::v1::TestService::Stub> stub_;
};

}  // namespace sakip::tls::testing

#endif  // SAKIP_COMMON_TLS_TESTING_TLS_TEST_SERVER_H_
