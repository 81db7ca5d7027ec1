// Certificates that change while a server serves and clients call.
#include "common/tls/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/time/clock.h"
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
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ne;
using testing::ProbeTls;
using testing::TestAuthority;
using testing::TestCertificate;
using testing::TlsFolder;
using testing::TlsServerWish;
using testing::TlsTestClient;
using testing::TlsTestServer;

constexpr char kScoring[] = "URI:spiffe://sakip/service/scoring";

// gRPC takes a second to see what is new. Each turn asks a server.
bool Eventually(const std::function<bool()>& condition) {
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (!condition()) {
    if (absl::Now() > end) return false;
  }
  return true;
}

class CertificatesTest : public ::testing::Test {
 protected:
  std::string ServedSerial() const {
    return ProbeTls(server_.address(), {.own = &scoring_}).serial;
  }
  bool Serves(const TestCertificate& certificate) const {
    return Eventually([&] { return ServedSerial() == certificate.serial; });
  }
  bool LetsIn(const TestCertificate& client) const {
    return ProbeTls(server_.address(), {.own = &client}).connected;
  }

  TestAuthority authority_;
  TestCertificate scoring_ = authority_.Issue({.names = {kScoring}});
  TestCertificate first_ = authority_.Issue();
  TestCertificate second_ = authority_.Issue();
  TlsFolder folder_{authority_.certificate(), first_};
  TlsFolder client_folder_{authority_.certificate(), scoring_};
  TlsTestServer server_{TlsServerWish{.files = folder_.files()}};
};

TEST_F(CertificatesTest, AreThoseOfTheNextConnectionWhileTheOldOneGoesOn) {
  TlsTestClient client(server_.address(), client_folder_.files());
  ASSERT_THAT(client.Get(), IsOk());
  const std::string peer = server_.peer();
  ASSERT_EQ(ServedSerial(), first_.serial);

  folder_.Put(second_);
  ASSERT_THAT(server_.certificates().Reload(), IsOk());

  EXPECT_TRUE(Serves(second_));
  EXPECT_THAT(client.Get(), IsOk());
  EXPECT_EQ(server_.peer(), peer);
}

TEST_F(CertificatesTest, StayTheLastGoodOnesWhereAFileIsBad) {
  const TestCertificate expired = authority_.Issue({.to = -absl::Minutes(1)});
  const std::function<void()> faults[] = {
      [&] { folder_.Write("own.key", first_.key, 0644); },
      [&] { folder_.Write("own.key", ""); },
      [&] { folder_.Put(expired); },
      [&] { folder_.Write("ca.pem", "none"); },
      [&] { std::filesystem::remove(folder_.File("own.pem")); },
      [&] { folder_.Write("own.pem", second_.chain.substr(0, 300)); },
      [&] { folder_.Write("own.pem", second_.chain); },  // The key has not come yet.
  };
  for (const auto& fault : faults) {
    folder_.Write("ca.pem", authority_.certificate());
    folder_.Put(first_);
    fault();
    EXPECT_FALSE(server_.certificates().Reload().ok());
    EXPECT_EQ(ServedSerial(), first_.serial);
  }
  // Longer than gRPC needs to see what it is not to see.
  const absl::Time end = absl::Now() + absl::Milliseconds(1500);
  while (absl::Now() < end) ASSERT_EQ(ServedSerial(), first_.serial);

  folder_.Put(second_);
  ASSERT_THAT(server_.certificates().Reload(), IsOk());
  EXPECT_TRUE(Serves(second_));
}

TEST_F(CertificatesTest, AreReadAgainByThemselves) {
  const auto certificates =
      Certificates::Open({.files = folder_.files(), .check_interval = absl::Milliseconds(10)})
          .value();
  rpc::ServerOptions options;
  options.credentials =
      MakeServerCredentials(certificates->source(), ClientCertificates::kRequired).value();
  const rpc::TestServer server({}, std::move(options));

  folder_.Put(second_);

  EXPECT_TRUE(Eventually([&] {
    return ProbeTls(server.server->address(), {.own = &scoring_}).serial == second_.serial;
  }));
}

TEST_F(CertificatesTest, MoveToAnotherAuthority) {
  TestAuthority other("Other CA");
  const TestCertificate client = other.Issue({.names = {kScoring}});
  ASSERT_FALSE(LetsIn(client));

  folder_.Write("ca.pem", authority_.certificate() + other.certificate());
  ASSERT_THAT(server_.certificates().Reload(), IsOk());
  EXPECT_TRUE(Eventually([&] { return LetsIn(client); }));
  EXPECT_TRUE(LetsIn(scoring_));

  folder_.Write("ca.pem", other.certificate());
  folder_.Put(other.Issue());
  ASSERT_THAT(server_.certificates().Reload(), IsOk());
  EXPECT_TRUE(Eventually([&] { return !LetsIn(scoring_); }));
  EXPECT_TRUE(LetsIn(client));
}

TEST_F(CertificatesTest, AreRefusedOnceTheyAreRevoked) {
  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({}));
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  TlsTestServer server({.files = files});
  const auto lets_in = [&](const TestCertificate& client) {
    return ProbeTls(server.address(), {.own = &client}).connected;
  };
  ASSERT_TRUE(lets_in(scoring_));

  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({scoring_.serial}));
  ASSERT_THAT(server.certificates().Reload(), IsOk());

  EXPECT_TRUE(Eventually([&] { return !lets_in(scoring_); }));
  EXPECT_TRUE(lets_in(authority_.Issue({.names = {kScoring}})));
}

TEST_F(CertificatesTest, AreRefusedOnTheirOpenConnectionOnceTheyAreRevoked) {
  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({}));
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  TlsTestServer server({.files = files});
  const TlsFolder scoring(authority_.certificate(), scoring_);
  const TlsFolder another(authority_.certificate(), authority_.Issue({.names = {kScoring}}));
  TlsTestClient client(server.address(), scoring.files());
  TlsTestClient other(server.address(), another.files());
  ASSERT_THAT(client.Get(), IsOk());
  const std::string connection = server.peer();
  ASSERT_THAT(client.Get(), IsOk());
  ASSERT_EQ(server.peer(), connection) << "it is open";

  folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({scoring_.serial}));
  ASSERT_THAT(server.certificates().Reload(), IsOk());

  EXPECT_THAT(client.Get(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(other.Get(), IsOk());
}

// gRPC reads the folder itself when a connection begins, and has no list then.
TEST_F(CertificatesTest, AreRefusedOnceTheyAreRevokedThoughTheListIsHalfThereNow) {
  const std::string list = authority_.Revoke({scoring_.serial});
  folder_.Write("crl/" + authority_.RevocationsName(), list);
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  TlsTestServer server({.files = files});
  const TlsFolder scoring(authority_.certificate(), scoring_);
  folder_.Write("crl/" + authority_.RevocationsName(), list.substr(0, list.size() / 2));
  ASSERT_FALSE(server.certificates().Reload().ok());

  EXPECT_THAT(TlsTestClient(server.address(), scoring.files()).Get(),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(CertificatesTest, OfAServerAreRefusedOnceTheyAreRevokedThoughTheListIsHalfThereNow) {
  for (const char* identity : {"", "localhost"}) {
    const std::string list = authority_.Revoke({first_.serial});
    client_folder_.Write("crl/" + authority_.RevocationsName(), list);
    TlsFiles files = client_folder_.files();
    files.crl_dir = client_folder_.File("crl");
    TlsTestClient client(server_.address(), files, identity);
    client_folder_.Write("crl/" + authority_.RevocationsName(), list.substr(0, list.size() / 2));
    ASSERT_FALSE(client.certificates().Reload().ok());

    const absl::Status refused = client.Get();

    EXPECT_THAT(refused, StatusIs(StatusCode::kUnavailable));
    EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("revoked"));
  }
}

TEST_F(CertificatesTest, OfAServerAreTakenThatNoListNames) {
  client_folder_.Write("crl/" + authority_.RevocationsName(), authority_.Revoke({second_.serial}));
  TlsFiles files = client_folder_.files();
  files.crl_dir = client_folder_.File("crl");
  for (const char* identity : {"", "localhost"}) {
    EXPECT_THAT(TlsTestClient(server_.address(), files, identity).Get(), IsOk());
  }
}

TEST_F(CertificatesTest, AreRefusedOnTheirOpenConnectionOnceTheirAuthorityIsNotBelieved) {
  TestAuthority next("Next CA");
  const TlsFolder scoring(authority_.certificate() + next.certificate(), scoring_);
  TlsTestClient client(server_.address(), scoring.files());
  ASSERT_THAT(client.Get(), IsOk());

  folder_.Write("ca.pem", next.certificate());
  folder_.Put(next.Issue());
  ASSERT_THAT(server_.certificates().Reload(), IsOk());

  EXPECT_THAT(client.Get(), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(CertificatesTest, OfAClientAreNewOnItsNextConnectionAndNoCallFails) {
  TlsTestServer server({.services = "spiffe://sakip/old,spiffe://sakip/new",
                        .files = folder_.files(),
                        .connection_age_max = absl::Milliseconds(100)});
  TlsFolder folder(authority_.certificate(),
                   authority_.Issue({.names = {"URI:spiffe://sakip/old"}}));
  TlsTestClient client(server.address(), folder.files());
  ASSERT_THAT(client.Get(), IsOk());
  ASSERT_EQ(server.principal().subject, "spiffe://sakip/old");

  folder.Put(authority_.Issue({.names = {"URI:spiffe://sakip/new"}}));
  ASSERT_THAT(client.certificates().Reload(), IsOk());

  EXPECT_TRUE(Eventually([&] {
    EXPECT_THAT(client.Get(), IsOk());
    return server.principal().subject == "spiffe://sakip/new";
  }));
}

TEST(Certificates, AreNotOpenedWhereTheyAreBad) {
  TestAuthority authority;
  TlsFolder folder(authority.certificate(), authority.Issue({.to = -absl::Minutes(1)}));

  EXPECT_THAT(Certificates::Open({.files = folder.files()}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Certificates::Open({}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace sakip::tls
