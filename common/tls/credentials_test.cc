// Who gets a connection, and who gets through to a handler.
#include "common/tls/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/rpc/test_connection.h"
#include "common/testing/status_matchers.h"
#include "common/tls/testing/test_authority.h"
#include "common/tls/testing/tls_folder.h"
#include "common/tls/testing/tls_probe.h"
#include "common/tls/testing/tls_test_server.h"

namespace sakip::tls {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using testing::CertificateWish;
using testing::ProbeTls;
using ::testing::StartsWith;
using testing::TestAuthority;
using testing::TestCertificate;
using testing::TlsFolder;
using testing::TlsServerWish;
using testing::TlsTestClient;
using testing::TlsTestServer;

constexpr char kScoring[] = "URI:spiffe://sakip/service/scoring";

// A server with a certificate of the authority, which asks for those of its clients.
class CredentialsTest : public ::testing::Test {
 protected:
  TlsFolder ClientFolder(std::vector<std::string> names) {
    return TlsFolder(authority_.certificate(), authority_.Issue({.names = std::move(names)}));
  }

  absl::Status CallWith(const TlsFiles& files, const std::string& server_identity = "") {
    return TlsTestClient(server_.address(), files, server_identity).Get();
  }
  absl::Status CallAs(std::vector<std::string> names) {
    return CallWith(ClientFolder(std::move(names)).files());
  }

  TestAuthority authority_;
  TlsFolder folder_{authority_.certificate(),
                    authority_.Issue({.names = {"DNS:localhost", "IP:127.0.0.1",
                                                "URI:spiffe://sakip/service/planning"}})};
  TlsTestServer server_{TlsServerWish{.files = folder_.files()}};
};

TEST_F(CredentialsTest, LetAServiceOnTheListThrough) {
  ASSERT_THAT(CallAs({kScoring}), IsOk());

  const rpc::Principal principal = server_.principal();
  EXPECT_EQ(principal.subject, "spiffe://sakip/service/scoring");
  EXPECT_EQ(principal.roles, std::vector<rpc::Role>{rpc::Role::kService});
  ASSERT_EQ(principal.scopes.size(), 1u);
  EXPECT_EQ(principal.scopes[0].region, "-");
}

TEST_F(CredentialsTest, CompareTheNameWhole) {
  for (const char* name : {
           "URI:spiffe://sakip/service/scorin",
           "URI:spiffe://sakip/service/scoring2",
           "URI:spiffe://sakip/service/scoring/x",
           "URI:spiffe://sakip/service/Scoring",
           "URI:spiffe://other/service/scoring",
           "URI:spiffe://sakip/service/",
           "URI:https://sakip/service/scoring",
           "DNS:spiffe://sakip/service/scoring",
           "email:spiffe://sakip/service/scoring",
       }) {
    EXPECT_THAT(CallAs({name}), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID")) << name;
  }
  EXPECT_THAT(CallAs({}), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(CredentialsTest, FindTheNameAmongOthers) {
  EXPECT_THAT(CallAs({"DNS:scoring.example", kScoring}), IsOk());
}

TEST_F(CredentialsTest, TakeDnsNamesToo) {
  TlsTestServer server({.services = "a.example,scoring.example", .files = folder_.files()});
  const auto call = [&](const char* name) {
    return TlsTestClient(server.address(), ClientFolder({name}).files()).Get();
  };

  EXPECT_THAT(call("DNS:scoring.example"), IsOk());
  EXPECT_THAT(call("DNS:x.scoring.example"), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(call("DNS:*.example"), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(call("URI:scoring.example"), StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(CredentialsTest, RefuseAClientWithoutCertificate) {
  EXPECT_THAT(CallWith({.ca = folder_.File("ca.pem")}), StatusIs(StatusCode::kUnavailable));
  EXPECT_FALSE(ProbeTls(server_.address()).connected);
}

TEST_F(CredentialsTest, RefuseAForeignAuthority) {
  // With the same name and the same names in the certificate.
  TestAuthority foreign;
  const TlsFolder client(authority_.certificate(), foreign.Issue({.names = {kScoring}}));

  EXPECT_THAT(CallWith(client.files()), StatusIs(StatusCode::kUnavailable));
}

TEST_F(CredentialsTest, RefuseACertificateThatIsNotValidNow) {
  // Certificates would not be read from files; the probe shows them all the same.
  const TestCertificate good = authority_.Issue({.names = {kScoring}});
  const TestCertificate expired = authority_.Issue({.names = {kScoring}, .to = -absl::Minutes(1)});
  const TestCertificate early = authority_.Issue({.names = {kScoring}, .from = absl::Hours(1)});

  EXPECT_TRUE(ProbeTls(server_.address(), {.own = &good}).connected);
  EXPECT_FALSE(ProbeTls(server_.address(), {.own = &expired}).connected);
  EXPECT_FALSE(ProbeTls(server_.address(), {.own = &early}).connected);
}

TEST_F(CredentialsTest, ServeNoVersionBefore12) {
  const TestCertificate own = authority_.Issue({.names = {kScoring}});
  const auto probe = [&](int version) {
    return ProbeTls(server_.address(),
                    {.version_min = version, .version_max = version, .own = &own});
  };

  EXPECT_FALSE(probe(TLS1_VERSION).connected);
  EXPECT_FALSE(probe(TLS1_1_VERSION).connected);
  EXPECT_EQ(probe(TLS1_2_VERSION).version, "TLSv1.2");
  EXPECT_EQ(probe(TLS1_3_VERSION).version, "TLSv1.3");
  EXPECT_TRUE(probe(TLS1_2_VERSION).connected);
  EXPECT_TRUE(probe(TLS1_3_VERSION).connected);
}

TEST_F(CredentialsTest, ServeOnlyCiphersWithForwardSecrecyAndAuthenticatedEncryption) {
  const TestCertificate own = authority_.Issue({.names = {kScoring}});
  const auto probe = [&](const std::string& ciphers) {
    return ProbeTls(server_.address(),
                    {.version_max = TLS1_2_VERSION, .ciphers = ciphers, .own = &own});
  };

  EXPECT_EQ(probe("ALL:@SECLEVEL=0").cipher.substr(0, 12), "ECDHE-ECDSA-");
  EXPECT_THAT(probe("ALL:@SECLEVEL=0").cipher, ::testing::HasSubstr("GCM"));
  EXPECT_FALSE(probe("ALL:!AESGCM:!CHACHA20:@SECLEVEL=0").connected);
  EXPECT_FALSE(probe("ALL:!ECDHE:@SECLEVEL=0").connected);
}

TEST_F(CredentialsTest, RefusePlainText) {
  const auto channel = rpc::MakeChannel({.target = server_.address()}).value();
  const auto stub = rpctest::v1::TestService::NewStub(channel);
  grpc::ClientContext context;
  rpc::Prepare(rpc::TestServer::WithDeadline(), context);
  rpctest::v1::GetResponse response;

  EXPECT_EQ(stub->Get(&context, {}, &response).error_code(), grpc::StatusCode::UNAVAILABLE);
}

// The client says hello and is not heard again.
TEST_F(CredentialsTest, WaitNoLongerForAHandshakeThanTheyShould) {
  TlsTestServer impatient({.files = folder_.files(), .handshake_max = absl::Seconds(1)});
  const OpenFile silent = rpc::ConnectTo(impatient.address());
  const OpenFile slow = rpc::ConnectTo(impatient.address());
  rpc::SendTo(slow, absl::string_view("\x16\x03\x01\x02", 4));  // The first bytes of a record.

  EXPECT_EQ(rpc::ReceiveFrom(silent, 1), "");
  EXPECT_EQ(rpc::ReceiveFrom(slow, 1), "");
  TlsTestClient whole(impatient.address(), ClientFolder({kScoring}).files());
  EXPECT_THAT(whole.Get(), IsOk());
}

TEST_F(CredentialsTest, AreNotTakenForAServerInPlainText) {
  rpc::TestServer plain;

  EXPECT_THAT(TlsTestClient(plain.server->address(), folder_.files()).Get(),
              StatusIs(StatusCode::kUnavailable));
}

TEST_F(CredentialsTest, LetAClientWithoutCertificateConnectWhereItIsOptional) {
  TlsTestServer server({.clients = ClientCertificates::kOptional, .files = folder_.files()});
  const auto call = [&](const TlsFiles& files) {
    return TlsTestClient(server.address(), files).Get();
  };
  TestAuthority foreign;
  const TlsFolder stranger(authority_.certificate(), foreign.Issue({.names = {kScoring}}));

  EXPECT_THAT(call({.ca = folder_.File("ca.pem")}), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(call(ClientFolder({kScoring}).files()), IsOk());
  // A bad one is worse than none.
  EXPECT_THAT(call(stranger.files()), StatusIs(StatusCode::kUnavailable));
}

TEST_F(CredentialsTest, DoNotAskForCertificatesWhereNoneAreWanted) {
  TlsTestServer server({.clients = ClientCertificates::kNone, .files = folder_.files()});

  // The name in the certificate counts for nothing: nobody checked it.
  EXPECT_THAT(TlsTestClient(server.address(), ClientFolder({kScoring}).files()).Get(),
              StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(CredentialsTest, BelieveAServerOfTheirAuthorityAndHostOnly) {
  const TlsFolder client = ClientFolder({kScoring});
  const auto call_server_with = [&](const TestCertificate& certificate) {
    const TlsFolder folder(authority_.certificate(), certificate);
    TlsTestServer server({.files = folder.files()});
    return TlsTestClient(server.address(), client.files()).Get();
  };
  TestAuthority foreign;

  EXPECT_THAT(call_server_with(authority_.Issue()), IsOk());
  EXPECT_THAT(call_server_with(authority_.Issue({.names = {"DNS:other.example"}})),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(call_server_with(authority_.Issue({.names = {}})),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(call_server_with(foreign.Issue()), StatusIs(StatusCode::kUnavailable));
}

TEST_F(CredentialsTest, BelieveAServerOfTheExpectedIdentityOnly) {
  const TlsFolder client = ClientFolder({kScoring});

  EXPECT_THAT(CallWith(client.files(), "spiffe://sakip/service/planning"), IsOk());
  EXPECT_THAT(CallWith(client.files(), "localhost"), IsOk());
  EXPECT_THAT(CallWith(client.files(), "spiffe://sakip/service/plannin"),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(CallWith(client.files(), "spiffe://sakip/service/planning2"),
              StatusIs(StatusCode::kUnavailable));
}

// Its certificate counts once towards the most that is looked at, 16 KiB.
TEST_F(CredentialsTest, BelieveAServerWithManyNames) {
  CertificateWish wish;
  for (int i = 0; i < 200; ++i) {
    wish.names.push_back(absl::StrCat("DNS:host-", 100 + i, ".kinerja.example.go.id"));
  }
  const TestCertificate certificate = authority_.Issue(wish);
  ASSERT_GT(certificate.chain.size(), 8 * 1024u);
  ASSERT_LT(certificate.chain.size(), 15 * 1024u);
  const TlsFolder folder(authority_.certificate(), certificate);
  TlsTestServer server({.files = folder.files()});

  EXPECT_THAT(TlsTestClient(server.address(), ClientFolder({kScoring}).files()).Get(), IsOk());
}

TEST_F(CredentialsTest, BelieveAProxyAloneWhereACallComesFrom) {
  TlsTestServer server({.clients = ClientCertificates::kRequired,
                        .services = std::string(kScoring).substr(4) + ",spiffe://sakip/old",
                        .proxies = "spiffe://sakip/proxy",
                        .files = folder_.files()});
  const auto peer_of = [&](const std::vector<std::string>& names,
                           const std::vector<std::string>& forwarded) {
    const TlsFolder client = ClientFolder(names);
    EXPECT_THAT(TlsTestClient(server.address(), client.files()).Get(forwarded), IsOk());
    return server.peer();
  };
  // A service as well, for others are not let in by this server.
  const std::vector<std::string> proxy = {kScoring, "URI:spiffe://sakip/proxy"};

  EXPECT_EQ(peer_of(proxy, {"203.0.113.9"}), "ipv4:203.0.113.9");
  EXPECT_EQ(peer_of(proxy, {"192.0.2.1", "192.0.2.2, 2001:DB8::9"}), "ipv6:%5B2001:db8::9%5D");
  EXPECT_THAT(peer_of(proxy, {}), StartsWith("ipv4:127.0.0.1:"));
  EXPECT_THAT(peer_of(proxy, {"203.0.113.9", "unknown"}), StartsWith("ipv4:127.0.0.1:"));
  for (const std::string other : {"URI:spiffe://sakip/old", "URI:spiffe://sakip/proxy2",
                                  "DNS:sakip", "email:spiffe://sakip/proxy"}) {
    EXPECT_THAT(peer_of({kScoring, other}, {"203.0.113.9"}), StartsWith("ipv4:127.0.0.1:"))
        << other;
  }
}

TEST_F(CredentialsTest, RefuseARevokedCertificate) {
  const TestCertificate revoked = authority_.Issue({.names = {kScoring}});
  const TestCertificate good = authority_.Issue({.names = {kScoring}});
  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({revoked.serial}));
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  TlsTestServer server({.files = files});

  EXPECT_TRUE(ProbeTls(server.address(), {.own = &good}).connected);
  EXPECT_FALSE(ProbeTls(server.address(), {.own = &revoked}).connected);
}

TEST_F(CredentialsTest, RefuseEverybodyWhereTheListOfRevokedCertificatesIsOutOfDate) {
  const TestCertificate good = authority_.Issue({.names = {kScoring}});
  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({}, absl::Minutes(1)));
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  TlsTestServer server({.files = files});

  EXPECT_FALSE(ProbeTls(server.address(), {.own = &good}).connected);
}

TEST_F(CredentialsTest, NeedWhatTheyAreMadeOf) {
  const CertificateSource authority = ReadOnce({.ca = folder_.File("ca.pem")}).value();
  const CertificateSource own =
      ReadOnce({.certificate = folder_.File("own.pem"), .key = folder_.File("own.key")}).value();

  EXPECT_THAT(MakeServerCredentials(authority, ClientCertificates::kNone),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeServerCredentials(own, ClientCertificates::kOptional),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeServerCredentials(own, ClientCertificates::kNone), IsOk());
  EXPECT_THAT(MakeChannelCredentials(own), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeChannelCredentials(authority), IsOk());
  EXPECT_THAT(ReadOnce({}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace sakip::tls
