#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "common/testing/fake_clock.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "google/rpc/error_details.pb.h"

namespace sakip::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// What the matcher says about a value that it refuses.
template <typename Value, typename Matcher>
std::string Complaint(const Value& value, const Matcher& matcher) {
  ::testing::StringMatchResultListener listener;
  EXPECT_FALSE(::testing::SafeMatcherCast<const Value&>(matcher).MatchAndExplain(value, &listener));
  return listener.str();
}

google::rpc::ErrorInfo Info(const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  return info;
}

TEST(StatusMatchers, MatchCodeAndReasonOfStatusAndStatusOr) {
  const absl::Status status = MakeError(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND", "none");

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_THAT(absl::StatusOr<int>(status), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(absl::StatusOr<int>(1), IsOk());
  EXPECT_THAT(status, Not(IsOk()));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kNotFound, "POLICY_NOT_FOUND")));
}

TEST(StatusMatchers, SayWhatTheStatusIs) {
  const std::string complaint = Complaint(InvalidField("agency.name", "is empty"), IsOk());

  EXPECT_THAT(complaint, HasSubstr("INVALID_ARGUMENT INVALID_FIELD"));
  EXPECT_THAT(complaint, HasSubstr("agency.name: is empty"));
}

TEST(StatusMatchers, HasFieldLooksAtEveryField) {
  FieldErrors errors;
  errors.Add("a", "is empty");
  errors.Add("b", "is empty");

  EXPECT_THAT(errors.ToStatus(), HasField("b"));
  EXPECT_THAT(errors.ToStatus(), Not(HasField("c")));
}

TEST(ProtoMatchers, CompareWithMessageAndText) {
  EXPECT_THAT(Info("A"), EqualsProto(Info("A")));
  EXPECT_THAT(Info("A"), EqualsProto("reason: 'A'"));
  EXPECT_THAT(Info("A"), Not(EqualsProto("nonsense: 1")));
  EXPECT_THAT(Info("A"), Not(EqualsProto(google::rpc::RetryInfo())));
  EXPECT_THAT(std::vector<google::rpc::ErrorInfo>({Info("A"), Info("B")}),
              ElementsAre(EqualsProto(Info("A")), EqualsProto(Info("B"))));
}

TEST(ProtoMatchers, NameTheFieldThatDiffers) {
  EXPECT_THAT(Complaint(Info("A"), EqualsProto(Info("B"))), HasSubstr("reason: \"B\" -> \"A\""));
}

TEST(TempDir, GoesAwayWithItsContent) {
  std::string path;
  {
    TempDir dir;
    path = dir.path();
    std::ofstream(dir.File("x")) << "x";
    EXPECT_TRUE(std::filesystem::exists(path + "/x"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(FakeClock, StandsStillUntilAdvanced) {
  FakeClock clock;
  const absl::Time before = clock.Now();

  EXPECT_EQ(clock.Now(), before);
  clock.Advance(absl::Seconds(2));
  EXPECT_EQ(clock.Now(), before + absl::Seconds(2));
}

}  // namespace
}  // namespace sakip::testing
