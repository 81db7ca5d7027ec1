#include "services/realization/rpc/import_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::realization {
namespace {

using Outcome = v1::ItemOutcome;
using ::testing::SizeIs;

Outcome Failed(uint32_t index, const absl::Status& status) {
  Outcome outcome;
  outcome.set_index(index);
  SetFailed(status, outcome);
  return outcome;
}

TEST(ImportSummary, CountsEachOutcomeAndKeepsTheOrder) {
  SummaryBuilder builder(true);
  const Outcome::Outcome kinds[] = {Outcome::OUTCOME_CREATED,   Outcome::OUTCOME_UPDATED,
                                    Outcome::OUTCOME_UNCHANGED, Outcome::OUTCOME_IGNORED,
                                    Outcome::OUTCOME_FAILED,    Outcome::OUTCOME_NOT_STORED,
                                    Outcome::OUTCOME_CREATED};
  for (uint32_t i = 0; i < std::size(kinds); ++i) {
    Outcome outcome;
    outcome.set_index(i);
    outcome.set_outcome(kinds[i]);
    builder.Add(outcome);
  }

  const v1::ImportSummary summary = builder.Take();

  EXPECT_EQ(summary.created(), 2u);
  EXPECT_EQ(summary.updated(), 1u);
  EXPECT_EQ(summary.unchanged(), 1u);
  EXPECT_EQ(summary.ignored(), 1u);
  EXPECT_EQ(summary.failed(), 1u);
  EXPECT_EQ(summary.not_stored(), 1u);
  EXPECT_TRUE(summary.dry_run());
  for (int i = 0; i < summary.outcomes_size(); ++i) {
    EXPECT_EQ(summary.outcomes(i).index(), static_cast<uint32_t>(i));
  }
}

TEST(ImportSummary, NamesFieldsFromTheImport) {
  const Outcome outcome = Failed(3, InvalidField("submission.indicators[2].quantity", "is 90,2"));

  EXPECT_EQ(outcome.outcome(), Outcome::OUTCOME_FAILED);
  EXPECT_EQ(outcome.error().reason(), "INVALID_FIELD");
  ASSERT_THAT(outcome.error().fields(), SizeIs(1));
  EXPECT_EQ(outcome.error().fields(0).field(), "items[3].indicators[2].quantity");
}

TEST(ImportSummary, FitsInAnAnswerHoweverMuchIsWrong) {
  FieldErrors errors;
  for (int i = 0; i < 100; ++i) {
    errors.Add(absl::StrCat("submission.", i), std::string(100000, 'x'));
  }
  const Outcome failed = Failed(0, errors.ToStatus());
  SummaryBuilder builder(false);
  for (int i = 0; i < 10000; ++i) builder.Add(failed);

  const v1::ImportSummary summary = builder.Take();

  EXPECT_LT(summary.ByteSizeLong(), 2u << 20);
  EXPECT_THAT(summary.outcomes(0).error().fields(), SizeIs(20));
  EXPECT_EQ(summary.outcomes(9999).error().reason(), "INVALID_FIELD");
  EXPECT_THAT(summary.outcomes(9999).error().fields(), SizeIs(0));
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(Shortened("abc", 3), "abc");
  EXPECT_EQ(Shortened("ab\xC3\xA9", 3), "ab");
  EXPECT_EQ(Shortened("ab\xC3\xA9"
                      "d",
                      4),
            "ab\xC3\xA9");
}

TEST(IsFaultOfItem, IsNotWhatAnotherTryMends) {
  EXPECT_TRUE(IsFaultOfItem(InvalidField("name", "is empty")));
  EXPECT_TRUE(IsFaultOfItem(absl::FailedPreconditionError("")));
  EXPECT_FALSE(IsFaultOfItem(absl::UnavailableError("")));
  EXPECT_FALSE(IsFaultOfItem(absl::ResourceExhaustedError("")));
  EXPECT_FALSE(IsFaultOfItem(absl::DataLossError("")));
}

}  // namespace
}  // namespace sakip::realization
