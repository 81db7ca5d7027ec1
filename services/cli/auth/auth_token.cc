#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/auth/certificate.h"
#include "common/auth/issue_token.h"
#include "common/auth/key_fetcher.h"
#include "common/auth/key_set.h"
#include "common/auth/token.h"
#include "common/auth/verify_token.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"
#include "services/cli/auth/auth.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

constexpr size_t kCertificateBytesMax = 64 * 1024;

struct Arguments {
  std::string key_file;
  std::string jwks;
  std::string jwks_ca_file;
  std::string token_file;
  std::string certificate_file;
  std::string lifetime = "15m";
  std::vector<std::string> roles;
  auth::TokenRequest request;  // Issuer, audience, subject and scopes.
};

std::vector<std::string> RoleNames() {
  std::vector<std::string> names;
  for (const rpc::Role role : rpc::AllRoles()) {
    if (role != rpc::Role::kService) names.emplace_back(rpc::RoleName(role));
  }
  return names;
}

absl::StatusOr<std::string> Thumbprint(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, ReadFile(path, kCertificateBytesMax));
  const std::string thumbprint = auth::CertificateThumbprint(pem);
  if (!thumbprint.empty()) return thumbprint;
  return absl::InvalidArgumentError(absl::StrCat(path, " holds no certificate in PEM"));
}

absl::StatusOr<auth::TokenRequest> Request(const Arguments& arguments) {
  auth::TokenRequest request = arguments.request;
  for (const std::string& role : arguments.roles) request.roles.push_back(*rpc::ParseRole(role));
  if (!absl::ParseDuration(arguments.lifetime, &request.lifetime) ||
      request.lifetime < absl::Seconds(1)) {
    return absl::InvalidArgumentError("--lifetime takes a time such as 15m or 8h");
  }
  if (!arguments.certificate_file.empty()) {
    ASSIGN_OR_RETURN(request.certificate, Thumbprint(arguments.certificate_file));
  }
  request.issue_time = absl::Now();
  return request;
}

// The token, where a service that knows the key would take it.
absl::StatusOr<std::string> Issued(const auth::TokenRequest& request, const auth::SigningKey& key) {
  std::string text = auth::IssueToken(request, key);
  ASSIGN_OR_RETURN(const std::string jwks, auth::AddKey("", key.public_key()));
  ASSIGN_OR_RETURN(const auth::KeySet keys, auth::KeySet::Parse(jwks));
  ASSIGN_OR_RETURN(const auth::Token token, auth::ParseToken(text));
  RETURN_IF_ERROR(auth::VerifyToken(token, keys,
                                    {.issuer = request.issuer,
                                     .audience = request.audience,
                                     .lifetime_max = absl::InfiniteDuration()},
                                    request.issue_time)
                      .status());
  return text;
}

ExitCode Issue(Session& session, const Arguments& arguments) {
  constexpr char kWhat[] = "auth token issue";
  const auto key = ReadSigningKey(arguments.key_file);
  if (!key.ok()) return ReportUsage(session.err(), kWhat, key.status().message());
  const auto request = Request(arguments);
  if (!request.ok()) return ReportUsage(session.err(), kWhat, request.status().message());
  const auto token = Issued(*request, *key);
  if (!token.ok()) return ReportUsage(session.err(), kWhat, token.status().message());
  const absl::Duration usual = auth::TokenRules().lifetime_max;
  if (request->lifetime > usual) {
    Warn(session.err(), absl::StrCat("services take tokens of at most ",
                                     absl::FormatDuration(usual), " unless told otherwise"));
  }
  if (!session.options().json) {
    session.out() << *token << "\n";
    return ExitCode::kOk;
  }
  const nlohmann::ordered_json json = {
      {"token", *token},
      {"kid", key->public_key().thumbprint()},
      {"expireTime", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", request->issue_time + request->lifetime,
                                      absl::UTCTimeZone())}};
  session.out() << json.dump(2) << "\n";
  return ExitCode::kOk;
}

absl::StatusOr<auth::KeySet> FetchKeys(const Arguments& arguments) {
  std::unique_ptr<auth::KeyFetcher> fetcher = auth::MakeFileFetcher(arguments.jwks);
  if (absl::StrContains(arguments.jwks, "://")) {
    ASSIGN_OR_RETURN(fetcher, auth::MakeUrlFetcher(arguments.jwks, arguments.jwks_ca_file));
  }
  ASSIGN_OR_RETURN(const std::string jwks, fetcher->Fetch());
  return auth::KeySet::Parse(jwks);
}

absl::StatusOr<auth::VerifiedToken> Checked(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(arguments.token_file, auth::kTokenBytesMax));
  ASSIGN_OR_RETURN(const auth::KeySet keys, FetchKeys(arguments));
  ASSIGN_OR_RETURN(const auth::Token token, auth::ParseToken(absl::StripAsciiWhitespace(text)));
  return auth::VerifyToken(
      token, keys, {.issuer = arguments.request.issuer, .audience = arguments.request.audience},
      absl::Now());
}

std::string ScopeName(const ResourceName& scope) {
  return scope.agency.empty() ? absl::StrCat("regions/", scope.region) : scope.AgencyName();
}

// A token that is refused and an issuer that does not answer are no mistakes of the command line.
ExitCode ReportNotTaken(Session& session, const absl::Status& status) {
  constexpr char kWhat[] = "auth token check";
  if (absl::IsUnauthenticated(status) || absl::IsUnavailable(status)) {
    return ReportRefusal(session.err(), kWhat, status);
  }
  return ReportUsage(session.err(), kWhat, status.message());
}

ExitCode Check(Session& session, const Arguments& arguments) {
  const auto token = Checked(arguments);
  if (!token.ok()) return ReportNotTaken(session, token.status());
  const rpc::Principal& principal = token->principal;
  std::vector<std::string> roles;
  for (const rpc::Role role : principal.roles) roles.emplace_back(rpc::RoleName(role));
  std::vector<std::string> scopes;
  for (const ResourceName& scope : principal.scopes) scopes.push_back(ScopeName(scope));
  const std::string expiry =
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", principal.expiry_time, absl::UTCTimeZone());
  if (session.options().json) {
    const nlohmann::ordered_json json = {{"subject", principal.subject},
                                         {"roles", roles},
                                         {"scopes", scopes},
                                         {"takenUntil", expiry},
                                         {"bound", !token->certificate.empty()}};
    session.out() << json.dump(2) << "\n";
    return ExitCode::kOk;
  }
  session.out() << "subject      " << principal.subject << "\n"
                << "roles        " << absl::StrJoin(roles, ", ") << "\n"
                << "scopes       " << absl::StrJoin(scopes, ", ") << "\n"
                << "taken until  " << expiry << "\n";
  if (!token->certificate.empty()) session.out() << "bound to a certificate\n";
  return ExitCode::kOk;
}

void AddParties(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--issuer", arguments.request.issuer, "Name of the issuer, as services know it")
      ->required();
  command.add_option("--audience", arguments.request.audience, "Who is meant to take the token")
      ->required();
}

void AddIssueCommand(CLI::App& token, Action& action) {
  auto& issue = *token.add_subcommand("issue", "Sign a token and print it");
  const auto arguments = std::make_shared<Arguments>();
  issue.add_option("--key", arguments->key_file, "The private key (auth key generate)")->required();
  AddParties(issue, *arguments);
  issue.add_option("--subject", arguments->request.subject, "Who will call with it")->required();
  issue.add_option("--role", arguments->roles, "What the caller may do; may be repeated")
      ->required()
      ->check(CLI::IsMember(RoleNames()));
  issue.add_option("--scope", arguments->request.scopes,
                   "A region or agency that it is for; may be repeated");
  issue.add_option("--lifetime", arguments->lifetime, "How long it is taken; default 15m");
  issue.add_option("--certificate", arguments->certificate_file,
                   "A certificate (PEM): only connections with it may use the token");
  issue.footer(
      "Example:\n"
      "  sakipctl auth token issue --key issuer.key --issuer https://kinerja.jemberkab.go.id \\\n"
      "    --audience sakip --subject siti --role reporter --scope "
      "regions/35.09/agencies/dinsos");
  Bind(issue, action, arguments, &Issue);
}

void AddCheckCommand(CLI::App& token, Action& action) {
  auto& check = *token.add_subcommand("check", "Say whether a service would take a token, and why");
  const auto arguments = std::make_shared<Arguments>();
  check.add_option("token", arguments->token_file, "File with the token")->required();
  check.add_option("--jwks", arguments->jwks, "The issuer's keys: a file or a URL")->required();
  check.add_option("--jwks-ca", arguments->jwks_ca_file,
                   "Certificates to trust for the URL (PEM); default the system's");
  AddParties(check, *arguments);
  check.footer(
      "Example:\n"
      "  sakipctl auth token check siti.token --jwks jwks.json \\\n"
      "    --issuer https://kinerja.jemberkab.go.id --audience sakip");
  Bind(check, action, arguments, &Check);
}

}  // namespace

void AddAuthTokenCommands(CLI::App& auth, Action& action) {
  CLI::App& token = *auth.add_subcommand("token", "Issue and check tokens");
  token.require_subcommand(1);
  AddIssueCommand(token, action);
  AddCheckCommand(token, action);
}

}  // namespace sakip::cli
