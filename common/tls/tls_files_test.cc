#include "common/tls/tls_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/testing/status_matchers.h"
#include "common/tls/testing/test_authority.h"
#include "common/tls/testing/tls_folder.h"

namespace sakip::tls {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class TlsFilesTest : public ::testing::Test {
 protected:
  absl::Status Read() const { return Read(folder_.files()); }
  static absl::Status Read(const TlsFiles& files) {
    return ReadTlsFiles(files, absl::Now()).status();
  }

  // Expects that the files are refused with a message that has all of `words`.
  void ExpectRefused(const std::string& file, const std::string& words) const {
    const absl::Status status = Read();
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(std::string(status.message()),
                AllOf(HasSubstr(folder_.File(file)), HasSubstr(words)));
  }

  testing::TestAuthority authority_;
  testing::TestCertificate own_ = authority_.Issue();
  testing::TlsFolder folder_{authority_.certificate(), own_};
};

TEST_F(TlsFilesTest, TellWhatTheCertificateIsAndWhenItExpires) {
  const auto content = ReadTlsFiles(folder_.files(), absl::Now());

  ASSERT_THAT(content, IsOk());
  EXPECT_EQ(content->facts.serial, own_.serial);
  EXPECT_LT(absl::AbsDuration(content->facts.expiry_time - absl::Now() - absl::Hours(24)),
            absl::Minutes(1));
}

TEST_F(TlsFilesTest, MayBeACaAlone) { EXPECT_THAT(Read({.ca = folder_.File("ca.pem")}), IsOk()); }

TEST_F(TlsFilesTest, HaveNoCertificateWithoutKey) {
  EXPECT_THAT(Read({.certificate = folder_.File("own.pem")}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Read({.key = folder_.File("own.key")}), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(TlsFilesTest, MustBeThere) {
  TlsFiles files = folder_.files();
  files.ca = folder_.File("none.pem");
  EXPECT_THAT(Read(files), StatusIs(StatusCode::kNotFound));
}

TEST_F(TlsFilesTest, AreRefusedWhereverTheyAreCutOff) {
  for (size_t bytes = 0; bytes < own_.chain.size() - 1; bytes += 7) {
    folder_.Write("own.pem", own_.chain.substr(0, bytes));
    EXPECT_THAT(Read(), StatusIs(StatusCode::kInvalidArgument)) << bytes;
  }
  folder_.Put(own_);
  for (size_t bytes = 0; bytes < own_.key.size() - 1; bytes += 7) {
    folder_.Write("own.key", own_.key.substr(0, bytes));
    EXPECT_THAT(Read(), StatusIs(StatusCode::kInvalidArgument)) << bytes;
  }
  folder_.Put(own_);
  const std::string two = absl::StrCat(authority_.certificate(), authority_.certificate());
  for (size_t bytes = two.size() / 2 + 1; bytes < two.size() - 1; bytes += 7) {
    folder_.Write("ca.pem", two.substr(0, bytes));
    EXPECT_THAT(Read(), StatusIs(StatusCode::kInvalidArgument)) << bytes;
  }
}

TEST_F(TlsFilesTest, AreRefusedWhereOneByteIsAnother) {
  std::string damaged = own_.chain;
  damaged[damaged.size() / 2] = '!';
  folder_.Write("own.pem", damaged);
  ExpectRefused("own.pem", "has a certificate that is none");
}

TEST_F(TlsFilesTest, AreRefusedWhereTheKeyIsAnothers) {
  folder_.Write("own.key", authority_.Issue().key);
  ExpectRefused("own.key", "not that of the certificate");
}

TEST_F(TlsFilesTest, AreRefusedWhereOthersMayReadTheKey) {
  folder_.Write("own.key", own_.key, 0644);
  EXPECT_THAT(Read(), StatusIs(StatusCode::kFailedPrecondition, "KEY_FILE_EXPOSED"));
}

TEST_F(TlsFilesTest, AreRefusedWhereTheCertificateIsNotValidNow) {
  folder_.Put(authority_.Issue({.to = -absl::Minutes(1)}));
  ExpectRefused("own.pem", "expired at");
  folder_.Put(authority_.Issue({.from = absl::Minutes(1)}));
  ExpectRefused("own.pem", "not valid before");
}

TEST_F(TlsFilesTest, AreRefusedWhereTheKeyNeedsAPassword) {
  folder_.Write(
      "own.key",
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  ExpectRefused("own.key", "encrypted");
}

TEST_F(TlsFilesTest, HoldOnlyListsOfRevokedCertificatesThatAreWhole) {
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  EXPECT_THAT(Read(files), StatusIs(StatusCode::kNotFound));

  const std::string list = authority_.Revoke({own_.serial});
  folder_.Write("crl/" + authority_.RevocationsName(), list);
  folder_.Write("crl/README", "not a list");
  const auto content = ReadTlsFiles(files, absl::Now());
  ASSERT_THAT(content, IsOk());
  EXPECT_THAT(content->revocations, HasSubstr(list));

  folder_.Write("crl/" + authority_.RevocationsName(), list.substr(0, list.size() / 2));
  EXPECT_THAT(Read(files), Not(IsOk()));
}

}  // namespace
}  // namespace sakip::tls
