// Credentials of gRPC over TLS 1.2 and 1.3 with the cipher suites that gRPC takes by itself: those
// with forward secrecy and authenticated encryption.
#ifndef SAKIP_COMMON_TLS_CREDENTIALS_H_
#define SAKIP_COMMON_TLS_CREDENTIALS_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/tls/certificates.h"

namespace sakip::tls {

// Whether clients prove themselves by a certificate of the CA. One that is given must always be
// good.
enum class ClientCertificates { kNone, kOptional, kRequired };

// `none`, `optional`, `required`; nothing for others.
std::optional<ClientCertificates> ParseClientCertificates(absl::string_view name);

//   INVALID_ARGUMENT  the source lacks a certificate, or the CA of the clients.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const CertificateSource& source, ClientCertificates clients);

// For channels to servers of the CA. The client's certificate is shown where there is one. The
// server's must name the host of the target, or, where it is given, `server_identity` (a URI or a
// DNS name, compared exactly), and be believed by the source when a connection begins.
//
//   INVALID_ARGUMENT  the source lacks the CA of the servers.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeChannelCredentials(
    const CertificateSource& source, absl::string_view server_identity = "");

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_CREDENTIALS_H_
