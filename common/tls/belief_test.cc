// Files that change, some of them for the worse, and what is believed then. Without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/rpc/test_peer.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/tls/certificates.h"
#include "common/tls/testing/test_authority.h"
#include "common/tls/testing/tls_folder.h"

namespace sakip::tls {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using testing::TestAuthority;
using testing::TestCertificate;
using testing::TlsFolder;

// What one process believes, by a clock that is set.
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

}  // namespace
}  // namespace sakip::tls
