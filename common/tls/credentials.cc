#include "common/tls/credentials.h"

#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace sakip::tls {
namespace {

namespace experimental = grpc::experimental;

// Believes a server whose certificate no list that was good last revokes, and that has a name
// exactly as expected, or where none is, that of the host. Runs after the handshake, which checked
// that the certificate is of the CA, and by the lists that it found.
class ServerVerifier : public experimental::ExternalCertificateVerifier {
 public:
  ServerVerifier(std::shared_ptr<const PeerTrust> servers, absl::string_view identity)
      : servers_(std::move(servers)), identity_(identity) {}
  ~ServerVerifier() override = default;

  bool Verify(experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> later, grpc::Status* sync_status) override {
    const absl::Status believed = servers_->CheckChain(ChainOf(*request));
    if (!believed.ok()) {
      *sync_status =
          grpc::Status(grpc::StatusCode::UNAUTHENTICATED, std::string(believed.message()));
      return true;  // Answered at once.
    }
    if (identity_.empty()) return host_.Verify(request, std::move(later), sync_status);
    const bool found = Has(request->uri_names()) || Has(request->dns_names());
    *sync_status = found ? grpc::Status::OK
                         : grpc::Status(grpc::StatusCode::UNAUTHENTICATED,
                                        absl::StrCat("the server is not ", identity_));
    return true;
  }
  void Cancel(experimental::TlsCustomVerificationCheckRequest* request) override {
    if (identity_.empty()) host_.Cancel(request);
  }

 private:
  static absl::string_view ToView(const grpc::string_ref& text) {
    return {text.data(), text.size()};
  }

  // The server's own certificate first. Of a server gRPC has it among the others too.
  static std::string ChainOf(const experimental::TlsCustomVerificationCheckRequest& request) {
    const absl::string_view chain = ToView(request.peer_cert_full_chain());
    return std::string(chain.empty() ? ToView(request.peer_cert()) : chain);
  }

  bool Has(const std::vector<grpc::string_ref>& names) const {
    return std::any_of(names.begin(), names.end(),
                       [this](const grpc::string_ref& name) { return ToView(name) == identity_; });
  }

  const std::shared_ptr<const PeerTrust> servers_;
  const std::string identity_;
  experimental::HostNameCertificateVerifier host_;
};

grpc_ssl_client_certificate_request_type RequestType(ClientCertificates clients) {
  switch (clients) {
    case ClientCertificates::kNone:
      break;
    case ClientCertificates::kOptional:
      return GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
    case ClientCertificates::kRequired:
      return GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
}

}  // namespace

std::optional<ClientCertificates> ParseClientCertificates(absl::string_view name) {
  if (name == "none") return ClientCertificates::kNone;
  if (name == "optional") return ClientCertificates::kOptional;
  if (name == "required") return ClientCertificates::kRequired;
  return std::nullopt;
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const CertificateSource& source, ClientCertificates clients) {
  if (!source.has_certificate) {
    return absl::InvalidArgumentError("a server needs a certificate and its key");
  }
  if (clients != ClientCertificates::kNone && !source.has_ca) {
    return absl::InvalidArgumentError("a server that asks for certificates needs the CA of them");
  }
  experimental::TlsServerCredentialsOptions options(source.provider);
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(RequestType(clients));
  if (clients != ClientCertificates::kNone) {
    options.watch_root_certs();
    if (!source.crl_dir.empty()) options.set_crl_directory(source.crl_dir);
  }
  return experimental::TlsServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeChannelCredentials(
    const CertificateSource& source, absl::string_view server_identity) {
  if (!source.has_ca) return absl::InvalidArgumentError("a client needs the CA of its servers");
  experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(source.provider);
  options.watch_root_certs();
  if (source.has_certificate) options.watch_identity_key_cert_pairs();
  if (!source.crl_dir.empty()) options.set_crl_directory(source.crl_dir);
  options.set_certificate_verifier(
      experimental::ExternalCertificateVerifier::Create<ServerVerifier>(source.servers,
                                                                        server_identity));
  // The name of the host is no matter where another one is expected.
  if (!server_identity.empty()) options.set_check_call_host(false);
  return experimental::TlsCredentials(options);
}

}  // namespace sakip::tls
