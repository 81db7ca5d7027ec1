#include "services/realization/rpc/import_merge.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace sakip::realization {
namespace {

using testing::EqualsProto;
using testing::HasField;
using testing::IsOk;

v1::Submission Parse(const std::string& text) {
  v1::Submission submission;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat("name: 'regions/35.09/agencies/dinsos/submissions/2023Q1' "
                   "coverage: COVERAGE_QUARTER ",
                   text),
      &submission));
  return submission;
}

TEST(MergeLines, ReplacesByCodeJoinsWhatIsNewAndKeepsTheRest) {
  const v1::Submission latest = Parse(R"pb(
    revision: 3
    reason: "before"
    indicators { indicator_code: "A" quantity: "1" unit: "orang" }
    indicators { indicator_code: "B" quantity: "2" unit: "orang" }
    budgets { sub_activity_code: "SK1" realized: "5" }
    objectives {
      objective_code: "S1"
      narrative { constraints: "old" }
    })pb");
  const v1::Submission item = Parse(R"pb(
    reason: "now"
    indicators { indicator_code: "C" quantity: "3" unit: "orang" }
    indicators { indicator_code: "A" quantity: "0" unit: "orang" }
    objectives {
      objective_code: "S1"
      narrative { constraints: "new" }
    })pb");

  const auto merged = MergeLines(latest, item);

  ASSERT_THAT(merged, IsOk());
  EXPECT_THAT(*merged, EqualsProto(Parse(R"pb(
    reason: "now"
    indicators { indicator_code: "A" quantity: "0" unit: "orang" }
    indicators { indicator_code: "B" quantity: "2" unit: "orang" }
    indicators { indicator_code: "C" quantity: "3" unit: "orang" }
    budgets { sub_activity_code: "SK1" realized: "5" }
    objectives {
      objective_code: "S1"
      narrative { constraints: "new" }
    })pb")));
}

TEST(MergeLines, ReplacesALineWithItsParts) {
  const v1::Submission latest = Parse(R"pb(
    budgets {
      sub_activity_code: "SK1"
      realized: "5"
      realized_parts { funding_source: "DAU" amount: "5" }
    }
    budgets {
      sub_activity_code: "SK2"
      realized: "7"
      realized_parts { funding_source: "DAU" amount: "7" }
    })pb");
  const v1::Submission item = Parse("budgets { sub_activity_code: 'SK1' realized: '6' }");

  const auto merged = MergeLines(latest, item);

  ASSERT_THAT(merged, IsOk());
  EXPECT_EQ(merged->budgets(0).realized_parts_size(), 0);
  EXPECT_EQ(merged->budgets(1).realized_parts_size(), 1);
}

TEST(MergeLines, RefusesWrongParts) {
  const v1::Submission item = Parse(R"pb(
    budgets {
      sub_activity_code: "SK1"
      realized: "5"
      realized_parts { funding_source: "DAU" amount: "lima" }
    })pb");

  EXPECT_THAT(MergeLines(Parse(""), item),
              HasField("submission.budgets[0].realized_parts[0].amount"));
}

TEST(MergeLines, DoesNotMixCoverages) {
  const v1::Submission latest = Parse("budgets { sub_activity_code: 'SK1' realized: '5' }");
  v1::Submission item = latest;
  item.set_coverage(v1::Submission::COVERAGE_YEAR_TO_DATE);

  EXPECT_THAT(MergeLines(latest, item), HasField("submission.coverage"));
}

TEST(MergeLines, RefusesMoreLinesThanASubmissionHas) {
  v1::Submission latest = Parse("");
  v1::Submission item = Parse("budgets { sub_activity_code: 'new' realized: '5' }");
  for (int i = 0; i < 10000; ++i) {
    v1::BudgetRealization& line = *latest.add_budgets();
    line.set_sub_activity_code(absl::StrCat("SK", i));
    line.set_realized("1");
  }

  EXPECT_THAT(MergeLines(latest, item), HasField("submission.budgets"));
  item.mutable_budgets(0)->set_sub_activity_code("SK7");
  EXPECT_THAT(MergeLines(latest, item), IsOk());
}

}  // namespace
}  // namespace sakip::realization
