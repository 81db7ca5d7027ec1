#include "common/service/security.h"

#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/auth/token_authenticator.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, tls_certificate, "",
          "File of the certificate that this service proves itself with, to callers and to the "
          "services that it calls, then its intermediates (PEM). Empty: plain text, on loopback "
          "only. Files are read again when they change.");
ABSL_FLAG(std::string, tls_key, "", "File of the certificate's key (PEM), closed to others.");
ABSL_FLAG(std::string, tls_ca, "",
          "File of the authorities whose certificates are believed, of callers and of services "
          "(PEM).");
ABSL_FLAG(std::string, tls_crl_dir, "",
          "Folder of lists of revoked certificates, named as `openssl rehash` names them; empty "
          "for none.");
ABSL_FLAG(std::string, client_certificates, "required",
          "Whether callers must have a certificate of --tls_ca: none, optional or required.");
ABSL_FLAG(std::string, service_identities, "",
          "Names (URI or DNS) in the certificates of the services that may call this one, "
          "separated by commas, such as spiffe://sakip/service/scoring. Compared whole.");
ABSL_FLAG(std::string, proxy_identities, "",
          "Names (URI or DNS) in the certificates of proxies, which are believed when they say in "
          "`x-forwarded-for` where a call comes from. Compared whole.");
ABSL_FLAG(std::string, identity, "dev",
          "How other callers prove who they are. token: a JWT of --issuer as metadata "
          "`authorization: Bearer ...`. dev: not at all, they are believed; on loopback only.");
ABSL_FLAG(std::string, issuer, "", "What tokens name as their issuer (`iss`), to the letter.");
ABSL_FLAG(std::string, audience, "", "What tokens name as their audience (`aud`): this service.");
ABSL_FLAG(std::string, jwks, "", "The issuer's keys: a file, or an https URL.");
ABSL_FLAG(std::string, jwks_ca, "",
          "File of the authorities that the server of --jwks is believed by (PEM); empty: the "
          "system's.");
ABSL_FLAG(bool, insecure_plain_text, false,
          "Take plain text off loopback: whoever is on the way reads and changes all of it, and "
          "takes tokens. For where something else encrypts.");

namespace sakip::service {
namespace {

absl::Status InFlag(absl::string_view flag, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("--", flag, ": ", status.message()));
}

tls::TlsFiles FilesFromFlags() {
  return {.certificate = absl::GetFlag(FLAGS_tls_certificate),
          .key = absl::GetFlag(FLAGS_tls_key),
          .ca = absl::GetFlag(FLAGS_tls_ca),
          .crl_dir = absl::GetFlag(FLAGS_tls_crl_dir)};
}

// A flag of TLS without the certificate would be a server in plain text that somebody took for a
// safe one.
absl::Status CheckPlainText(const tls::TlsFiles& files) {
  const std::pair<const char*, std::string> others[] = {
      {"tls_key", files.key},
      {"tls_ca", files.ca},
      {"tls_crl_dir", files.crl_dir},
      {"service_identities", absl::GetFlag(FLAGS_service_identities)},
      {"proxy_identities", absl::GetFlag(FLAGS_proxy_identities)}};
  for (const auto& [flag, value] : others) {
    if (!value.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", flag, " is given without --tls_certificate, so all is plain text"));
    }
  }
  return absl::OkStatus();
}

bool UsesTokens() { return absl::GetFlag(FLAGS_identity) == "token"; }

// Of callers that are no services.
absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeCallerAuthenticator(rpc::Metrics& metrics) {
  auth::TokenOptions options;
  options.metrics = &metrics;
  options.issuer = absl::GetFlag(FLAGS_issuer);
  options.audience = absl::GetFlag(FLAGS_audience);
  options.jwks = absl::GetFlag(FLAGS_jwks);
  options.jwks_ca_file = absl::GetFlag(FLAGS_jwks_ca);
  if (UsesTokens()) return auth::MakeTokenAuthenticator(options);
  for (const std::string& given : {options.issuer, options.audience, options.jwks}) {
    if (!given.empty()) {
      return absl::InvalidArgumentError(
          "--issuer, --audience and --jwks are of --identity=token, and identities are believed");
    }
  }
  return rpc::MakeDevAuthenticator();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Security>> Security::FromFlags(absl::string_view service,
                                                              rpc::Metrics& metrics) {
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<Security> security(new Security(metrics));
  if (!UsesTokens() && absl::GetFlag(FLAGS_identity) != "dev") {
    return absl::InvalidArgumentError("--identity is dev or token");
  }
  security->service_ = std::string(service);
  tls::TlsFiles files = FilesFromFlags();
  if (files.certificate.empty()) {
    RETURN_IF_ERROR(CheckPlainText(files));
    return security;
  }
  const auto clients = tls::ParseClientCertificates(absl::GetFlag(FLAGS_client_certificates));
  if (!clients.has_value()) {
    return absl::InvalidArgumentError("--client_certificates is none, optional or required");
  }
  security->clients_ = *clients;
  RETURN_IF_ERROR(security->SetKnownPeers());
  ASSIGN_OR_RETURN(security->certificates_,
                   tls::Certificates::Open({.files = std::move(files), .metrics = &metrics}));
  return security;
}

absl::Status Security::SetKnownPeers() {
  auto services = tls::ParseServiceIdentities(absl::GetFlag(FLAGS_service_identities));
  RETURN_IF_ERROR(InFlag("service_identities", services.status()));
  auto proxies = tls::ParseServiceIdentities(absl::GetFlag(FLAGS_proxy_identities));
  RETURN_IF_ERROR(InFlag("proxy_identities", proxies.status()));
  for (const std::string& proxy : *proxies) {
    if (!services->contains(proxy)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--proxy_identities: ", proxy,
                     " is also in --service_identities, so whoever calls through it would be a "
                     "service"));
  }
  known_ = {.services = *std::move(services), .proxies = *std::move(proxies)};
  if (clients_ != tls::ClientCertificates::kNone) return absl::OkStatus();
  if (known_.services.empty() && known_.proxies.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(known_.services.empty() ? "--proxy_identities" : "--service_identities",
                   " says who comes with a certificate, and --client_certificates=none that nobody "
                   "does"));
}

absl::StatusOr<std::unique_ptr<rpc::Authenticator>> Security::MakeAuthenticator() const {
  ASSIGN_OR_RETURN(std::unique_ptr<rpc::Authenticator> others, MakeCallerAuthenticator(metrics_));
  const bool has_peers = has_tls() && clients_ != tls::ClientCertificates::kNone;
  return std::make_unique<tls::ServiceAuthenticator>(
      known_, has_peers ? &certificates_->peers() : nullptr, std::move(others));
}

absl::Status Security::Secure(rpc::ServerOptions& options) const {
  options.plain_text_off_loopback = absl::GetFlag(FLAGS_insecure_plain_text);
  if (!has_tls()) return absl::OkStatus();
  if (options.plain_text_off_loopback) {
    return absl::InvalidArgumentError("--insecure_plain_text contradicts --tls_certificate");
  }
  auto credentials = tls::MakeServerCredentials(certificates_->source(), clients_);
  RETURN_IF_ERROR(InFlag("tls_ca", credentials.status()));
  options.credentials = *std::move(credentials);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Security::Connect(
    rpc::ChannelOptions options, absl::string_view server_identity) const {
  if (has_tls()) {
    auto credentials = tls::MakeChannelCredentials(certificates_->source(), server_identity);
    RETURN_IF_ERROR(InFlag("tls_ca", credentials.status()));
    options.credentials = *std::move(credentials);
  } else if (UsesTokens()) {
    return absl::FailedPreconditionError(
        absl::StrCat("--identity=token without --tls_certificate: ", service_,
                     " has nothing to prove by who it is to ", options.target));
  } else {
    options.dev_identity = rpc::FormatDevIdentity(service_, {rpc::Role::kService}, {"regions/-"});
  }
  return rpc::MakeChannel(options);
}

}  // namespace sakip::service
