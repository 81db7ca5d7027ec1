// Which certificates are believed after their connection began; connections themselves are in
// certificates_test.cc, streams that ask Confirm in common/auth/revocation_test.cc.
#include "common/tls/peer_trust.h"

#include <gmock/gmock.h>
#include <grpc/grpc_security_constants.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "common/base/error.h"
#include "common/rpc/test_peer.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/tls/service_authenticator.h"
#include "common/tls/testing/test_authority.h"

namespace sakip::tls {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using testing::TestAuthority;
using testing::TestCertificate;

constexpr char kScoring[] = "spiffe://sakip/service/scoring";

class PeerTrustTest : public ::testing::Test {
 protected:
  PeerTrustTest() { trust_.Believe(authority_.certificate(), ""); }

  absl::Status Check(const std::string& chain) {
    return trust_.Check(rpc::TestPeer::With(chain)).status();
  }
  absl::Status Check(const TestCertificate& certificate) { return Check(certificate.chain); }

  // The list as it stands in a folder: with its name before it.
  void Revoke(const std::vector<std::string>& serials, absl::Duration validity = absl::Hours(24)) {
    trust_.Believe(authority_.certificate(),
                   "crl/5ca1ab1e.r0\n" + authority_.Revoke(serials, validity));
  }

  static auto IsNotBelieved() { return StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"); }

  FakeClock clock_{absl::Now()};
  TestAuthority authority_;
  PeerTrust trust_{PeerKind::kCaller, clock_};
  TestCertificate scoring_ = authority_.Issue({.names = {"URI:spiffe://sakip/service/scoring"}});
};

TEST_F(PeerTrustTest, BelievesWhatItsAuthoritySigned) {
  TestAuthority foreign;

  EXPECT_THAT(Check(scoring_), IsOk());
  EXPECT_THAT(Check(foreign.Issue()), IsNotBelieved());
  EXPECT_THAT(Check("-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"),
              IsNotBelieved());
}

TEST_F(PeerTrustTest, AsksNothingOfAPeerWithoutCertificate) {
  const auto chain = trust_.Check(rpc::TestPeer({}));

  ASSERT_THAT(chain, IsOk());
  EXPECT_EQ(*chain, nullptr);
  EXPECT_THAT(trust_.Confirm(nullptr), IsOk());
}

TEST_F(PeerTrustTest, BelievesNobodyBeforeItWasTold) {
  EXPECT_THAT(
      PeerTrust(PeerKind::kCaller, clock_).Check(rpc::TestPeer::With(scoring_.chain)).status(),
      IsNotBelieved());
}

TEST_F(PeerTrustTest, BelievesACertificateNoMoreOnceItExpired) {
  ASSERT_THAT(Check(scoring_), IsOk());

  clock_.Advance(absl::Hours(24) - absl::Seconds(1));
  EXPECT_THAT(Check(scoring_), IsOk());

  clock_.Advance(absl::Seconds(11));
  EXPECT_THAT(Check(scoring_), IsNotBelieved());
}

TEST_F(PeerTrustTest, BelievesACertificateNoMoreOnceItWasRevoked) {
  const TestCertificate other = authority_.Issue();
  ASSERT_THAT(Check(scoring_), IsOk());

  Revoke({scoring_.serial});

  EXPECT_THAT(Check(scoring_), IsNotBelieved());
  EXPECT_THAT(Check(other), IsOk());
  Revoke({});
  EXPECT_THAT(Check(scoring_), IsOk());
}

TEST_F(PeerTrustTest, BelievesNobodyByAListThatIsOutOfDate) {
  Revoke({}, absl::Hours(2));
  ASSERT_THAT(Check(scoring_), IsOk());

  clock_.Advance(absl::Hours(2));

  EXPECT_THAT(Check(scoring_), IsNotBelieved());
}

TEST_F(PeerTrustTest, RevokesNobodyOfAnAuthorityWithoutList) {
  TestAuthority other("Other CA");
  trust_.Believe(authority_.certificate() + other.certificate(),
                 authority_.Revoke({scoring_.serial}));

  EXPECT_THAT(Check(other.Issue()), IsOk());
  EXPECT_THAT(Check(scoring_), IsNotBelieved());
}

TEST_F(PeerTrustTest, ForgetsManyPeersAndConfirmsThemAllTheSame) {
  const auto chain = trust_.Check(rpc::TestPeer::With(scoring_.chain));
  ASSERT_THAT(chain, IsOk());
  for (int i = 0; i < 5000; ++i) {
    EXPECT_THAT(Check(std::to_string(i)), IsNotBelieved());
  }

  EXPECT_THAT(trust_.Confirm(*chain), IsOk());
  Revoke({scoring_.serial});
  EXPECT_THAT(trust_.Confirm(*chain), IsNotBelieved());
}

// A caller sends what it likes, and is remembered for a while.
TEST_F(PeerTrustTest, LooksAtNoChainThatIsLongerThanAny) {
  const auto chain_of = [&](size_t bytes) {
    std::string chain = scoring_.chain;
    while (chain.size() + scoring_.chain.size() <= bytes) chain += authority_.certificate();
    return chain.insert(0, bytes - chain.size(), '\n');
  };

  EXPECT_THAT(Check(chain_of(16 * 1024)), IsOk());
  EXPECT_THAT(Check(chain_of(16 * 1024 + 1)), IsNotBelieved());
}

// Run under a sanitizer of threads as well.
TEST_F(PeerTrustTest, AnswersWhileOthersLookAndBeliefsChange) {
  std::vector<std::string> chains;
  for (int i = 0; i < 8; ++i) chains.push_back(authority_.Issue().chain);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < 200; ++i) EXPECT_THAT(Check(chains[i % chains.size()]), IsOk());
    });
  }
  for (int i = 0; i < 50; ++i) Revoke({scoring_.serial});
  for (std::thread& caller : callers) caller.join();

  EXPECT_THAT(Check(scoring_), IsNotBelieved());
}

// Believes whoever asks.
class Anybody : public rpc::Authenticator {
 public:
  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence&) const override {
    return rpc::Principal();
  }
  absl::Status Confirm(const rpc::Principal&) const override { return absl::OkStatus(); }
  bool loopback_only() const override { return false; }
};

TEST_F(PeerTrustTest, EndsTheStreamsOfServicesAndOfCallersWithTokens) {
  const ServiceAuthenticator authenticator({.services = {kScoring}}, &trust_,
                                           std::make_unique<Anybody>());
  const rpc::TestPeer service({{GRPC_X509_PEM_CERT_PROPERTY_NAME, scoring_.chain},
                               {GRPC_PEER_URI_PROPERTY_NAME, kScoring}});
  const rpc::TestPeer person = rpc::TestPeer::With(scoring_.chain);
  for (const grpc::AuthContext* peer : std::vector<const grpc::AuthContext*>{&service, &person}) {
    Revoke({});
    const auto principal = authenticator.Authenticate({.metadata = {}, .peer = peer});
    ASSERT_THAT(principal, IsOk());
    ASSERT_THAT(authenticator.Confirm(*principal), IsOk());

    Revoke({scoring_.serial});

    EXPECT_THAT(authenticator.Confirm(*principal), IsNotBelieved());
    EXPECT_THAT(authenticator.Authenticate({.metadata = {}, .peer = peer}), IsNotBelieved());
  }
}

}  // namespace
}  // namespace sakip::tls
