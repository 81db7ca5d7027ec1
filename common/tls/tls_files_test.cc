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
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using testing::TestAuthority;
using ::testing::UnorderedElementsAre;

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

  TestAuthority authority_;
  testing::TestCertificate own_ = authority_.Issue();
  testing::TlsFolder folder_{authority_.certificate(), own_};
};

TEST_F(TlsFilesTest, TellWhatTheCertificateIsAndWhenItExpires) {
  const auto content = ReadTlsFiles(folder_.files(), absl::Now());

  ASSERT_THAT(content, IsOk());
  EXPECT_EQ(content->identity.facts.serial, own_.serial);
  EXPECT_LT(absl::AbsDuration(content->identity.facts.expiry_time - absl::Now() - absl::Hours(24)),
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
  EXPECT_THAT(content->revocations,
              ElementsAre(Pair(folder_.File("crl/" + authority_.RevocationsName()), list)));

  folder_.Write("crl/" + authority_.RevocationsName(), list.substr(0, list.size() / 2));
  EXPECT_THAT(Read(files), Not(IsOk()));
  const std::string damaged = absl::StrCat(list, list.substr(0, 40), "!", list.substr(40));
  folder_.Write("crl/" + authority_.RevocationsName(), damaged);
  EXPECT_THAT(Read(files), Not(IsOk())) << "the first of two is whole";
}

TEST_F(TlsFilesTest, AreGoodEachForItself) {
  TestAuthority other("Other CA");
  TlsFiles files = folder_.files();
  files.crl_dir = folder_.File("crl");
  const std::string own_list = "crl/" + authority_.RevocationsName();
  const std::string other_list = "crl/" + other.RevocationsName();
  const std::string before = other.Revoke({"1001"});
  folder_.Write(own_list, authority_.Revoke({}));
  folder_.Write(other_list, before);
  TlsContent content = ReadTlsFiles(files, absl::Now()).value();

  const std::string after = authority_.Revoke({own_.serial});
  const std::string both = authority_.certificate() + other.certificate();
  folder_.Write("own.key", "");
  folder_.Write("ca.pem", both);
  folder_.Write(own_list, after);
  folder_.Write(other_list, before.substr(0, before.size() / 2));
  folder_.Write("crl/0123abcd.r0", "new, and not whole");
  const TlsFaults faults = RefreshTls(files, absl::Now(), content);

  EXPECT_THAT(faults.identity, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(faults.authorities, IsOk());
  EXPECT_THAT(std::string(faults.revocations.message()),
              AllOf(HasSubstr(folder_.File(other_list)), HasSubstr("0123abcd.r0"),
                    Not(HasSubstr(own_list))));
  EXPECT_EQ(content.identity.key, own_.key);
  EXPECT_EQ(content.authorities, both);
  EXPECT_THAT(content.revocations, UnorderedElementsAre(Pair(folder_.File(own_list), after),
                                                        Pair(folder_.File(other_list), before)));

  std::filesystem::remove(folder_.File(other_list));
  RefreshTls(files, absl::Now(), content);
  EXPECT_THAT(content.revocations, ElementsAre(Pair(folder_.File(own_list), after)));
  std::filesystem::remove_all(folder_.File("crl"));
  EXPECT_THAT(RefreshTls(files, absl::Now(), content).revocations, StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(content.revocations, ElementsAre(Pair(folder_.File(own_list), after)));
}

}  // namespace
}  // namespace sakip::tls
