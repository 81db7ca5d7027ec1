// Certificates that change while a server serves and clients call.
#include "common/tls/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/rpc/test_peer.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/tls/testing/test_authority.h"
#include "common/tls/testing/tls_folder.h"
#include "common/tls/testing/tls_probe.h"
#include "common/tls/testing/tls_test_server.h"

namespace sakip::tls {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
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

// What one process believes, by a clock that is set; without a server.
class BeliefTest : public ::testing::Test {
 protected:
  BeliefTest() {
    folder_.Write(own_list_, authority_.Revoke({}));
    folder_.Write(other_list_, other_.Revoke({other_revoked_.serial}));
    TlsFiles files = folder_.files();
    files.crl_dir = folder_.File("crl");
    certificates_ = Certificates::Open({.files = files,
                                        .check_interval = absl::Hours(1),
                                        .metrics = &metrics_,
                                        .clock = &clock_})
                        .value();
  }

  bool Believes(const TestCertificate& peer) const {
    return certificates_->peers().Check(rpc::TestPeer::With(peer.chain)).ok();
  }

  // What the metric says of a part of the files.
  std::string Told(const std::string& metric, const std::string& part) const {
    const std::string begin = absl::StrCat(metric, "{part=\"", part, "\"} ");
    for (const absl::string_view line : absl::StrSplit(metrics_.Text(), '\n')) {
      if (absl::StartsWith(line, begin)) return std::string(line.substr(begin.size()));
    }
    return "not told";
  }

  FakeClock clock_{absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()))};
  TestAuthority authority_;
  TestAuthority other_{"Other CA"};
  TestCertificate caller_ = authority_.Issue();
  TestCertificate other_caller_ = other_.Issue();
  TestCertificate other_revoked_ = other_.Issue();
  const std::string own_list_ = "crl/" + authority_.RevocationsName();
  const std::string other_list_ = "crl/" + other_.RevocationsName();
  TestCertificate own_ = authority_.Issue({.to = absl::Hours(2)});
  TlsFolder folder_{authority_.certificate() + other_.certificate(), own_};
  rpc::PrometheusMetrics metrics_;
  std::unique_ptr<Certificates> certificates_;
};

TEST_F(BeliefTest, TakesARevocationWhateverElseIsBad) {
  const std::function<void()> faults[] = {
      [&] { folder_.Write("own.key", own_.key, 0644); },
      [&] { folder_.Write("own.pem", ""); },
      [&] { folder_.Write("ca.pem", "none"); },
      [&] { folder_.Write(other_list_, other_.Revoke({}).substr(0, 100)); },
      [&] { clock_.Advance(absl::Hours(3)); },  // The certificate of this process has expired.
  };
  for (const auto& fault : faults) {
    folder_.Write(own_list_, authority_.Revoke({}));
    ASSERT_THAT(certificates_->Reload(), IsOk());
    ASSERT_TRUE(Believes(caller_));

    fault();
    folder_.Write(own_list_, authority_.Revoke({caller_.serial}));

    EXPECT_FALSE(certificates_->Reload().ok());
    EXPECT_FALSE(Believes(caller_));
    EXPECT_FALSE(Believes(other_revoked_)) << "the last good list stays";
    EXPECT_TRUE(Believes(other_caller_)) << "the authorities stay";
    folder_.Put(own_);
    folder_.Write("ca.pem", authority_.certificate() + other_.certificate());
    folder_.Write(other_list_, other_.Revoke({other_revoked_.serial}));
  }
}

TEST_F(BeliefTest, TakesOtherAuthoritiesWhereTheCertificateIsBad) {
  folder_.Write("own.key", "");
  folder_.Write("ca.pem", other_.certificate());

  EXPECT_FALSE(certificates_->Reload().ok());

  EXPECT_FALSE(Believes(caller_));
  EXPECT_TRUE(Believes(other_.Issue()));
}

TEST_F(BeliefTest, TellsOfEachPartHowOldItIs) {
  const std::string good = "sakip_tls_good_timestamp_seconds";
  const std::string failures = "sakip_tls_reload_failures_total";
  const std::string opened = Told(good, "revocations");
  EXPECT_EQ(Told(good, "identity"), opened);

  clock_.Advance(absl::Minutes(10));
  folder_.Write(other_list_, "half");
  EXPECT_THAT(certificates_->Reload(), StatusIs(StatusCode::kInvalidArgument));

  EXPECT_EQ(Told(good, "revocations"), opened);
  EXPECT_EQ(Told(failures, "revocations"), "1");
  for (const std::string part : {"identity", "authorities"}) {
    EXPECT_NE(Told(good, part), opened);
    EXPECT_EQ(Told(failures, part), "0");
  }
  EXPECT_THAT(metrics_.Text(),
              ::testing::ContainsRegex("sakip_tls_certificate_expiry_timestamp_seconds 1[0-9]{9}"));
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
