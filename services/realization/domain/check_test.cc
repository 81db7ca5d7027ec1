// Each test changes one thing of a submission that is accepted and names the field that is then
// wrong.
#include "services/realization/domain/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/domain/submit.h"

namespace sakip::realization {
namespace {

using ::testing::ElementsAre;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using Kind = IndicatorRealization::Kind;

IndicatorRealization Line(const std::string& code, Kind kind, const std::string& value) {
  IndicatorRealization line;
  line.indicator_code = code;
  line.kind = kind;
  line.value = value;
  line.unit = kind == Kind::kQuantity ? "orang" : "";
  return line;
}

// Indicators A (quantity), B (percentage), C (ratio), D (not applicable); sub-activities SK1, SK2.
Submission Valid() {
  Submission submission;
  submission.name = "regions/35.09/agencies/dinsos/submissions/2023Q4";
  submission.has_coverage = true;
  submission.indicators = {Line("A", Kind::kQuantity, "0"), Line("B", Kind::kPercentage, "90.2"),
                           Line("C", Kind::kRatio, ""),
                           Line("D", Kind::kNotApplicable, "Tidak ada bencana")};
  submission.indicators[2].numerator = "45";
  submission.indicators[2].denominator = "451";
  submission.budgets = {{"SK1", "0", {}}, {"SK2", "1000000.50", {}}};
  submission.objectives = {{"S1", Narrative{"Pendorong\nbaris dua", "Kendala", "Tindak lanjut"}}};
  submission.source = "Tabel 3.6 LKjIP 2023";
  return submission;
}

std::vector<std::string> Fields(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FieldViolations(status)) fields.push_back(violation.field);
  return fields;
}

std::vector<std::string> WrongFields(const Submission& submission) {
  return Fields(CheckSubmission(submission));
}

class SubmissionCheckTest : public ::testing::Test {
 protected:
  Submission submission_ = Valid();
};

TEST_F(SubmissionCheckTest, AcceptsASubmission) {
  EXPECT_THAT(CheckSubmission(submission_), IsOk());
  submission_.budgets.clear();
  EXPECT_THAT(CheckSubmission(submission_), IsOk());
}

TEST_F(SubmissionCheckTest, RefusesNamesThatAreNoQuarter) {
  for (const char* name :
       {"", "regions/35.09/agencies/dinsos", "regions/35.09/agencies/dinsos/submissions/2023Q0",
        "regions/35.09/agencies/dinsos/submissions/2023Q5",
        "regions/35.09/agencies/dinsos/submissions/2023q4",
        "regions/35.09/agencies/dinsos/submissions/2023Q4/x",
        "regions/35.09/agencies/dinsos/annualPlans/2023"}) {
    submission_.name = name;
    EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.name")) << name;
  }
}

TEST_F(SubmissionCheckTest, NeedsACoverage) {
  submission_.has_coverage = false;
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.coverage"));
}

TEST_F(SubmissionCheckTest, NeedsALine) {
  submission_.indicators.clear();
  submission_.budgets.clear();
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators"));
}

TEST_F(SubmissionCheckTest, NeedsAValue) {
  submission_.indicators[0].kind = Kind::kNone;
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators[0].value"));
}

TEST_F(SubmissionCheckTest, RefusesValuesThatAreNoDecimals) {
  for (const char* value : {"", "90,2", "-1", "1e3", "1234567890123456789"}) {
    submission_ = Valid();
    submission_.indicators[0].value = value;
    submission_.indicators[1].value = value;
    submission_.indicators[2].numerator = value;
    submission_.indicators[2].denominator = value;
    EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators[0].quantity",
                                                      "submission.indicators[1].percentage",
                                                      "submission.indicators[2].ratio.numerator",
                                                      "submission.indicators[2].ratio.denominator"))
        << value;
  }
}

TEST_F(SubmissionCheckTest, NotApplicableNeedsAReason) {
  submission_.indicators[3].value.clear();
  EXPECT_THAT(WrongFields(submission_),
              ElementsAre("submission.indicators[3].not_applicable_reason"));
}

TEST_F(SubmissionCheckTest, AQuantityNeedsAUnit) {
  for (const std::string& unit : {std::string(), std::string("or\nang"), std::string(65, 'x')}) {
    submission_.indicators[0].unit = unit;
    EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators[0].unit")) << unit;
  }
}

TEST_F(SubmissionCheckTest, RefusesBudgetsThatAreNoRupiah) {
  for (const char* realized : {"", "-1", "1.500", "Rp1"}) {
    submission_.budgets[1].realized = realized;
    EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.budgets[1].realized"))
        << realized;
  }
}

TEST_F(SubmissionCheckTest, TakesWhatWasSpentByKindAndSource) {
  // That they do not make `realized` is for scoring to say.
  submission_.budgets[1].realized_parts = {{1, "DAU", "400000"}, {2, "DAU", "0"}, {0, "PAD", "1"}};
  EXPECT_THAT(WrongFields(submission_), IsEmpty());
}

TEST_F(SubmissionCheckTest, NamesThePartsThatAreWrong) {
  submission_.budgets[1].realized_parts = {{1, "DAU", "400000"}, {1, "DAU", "1"}, {7, "PAD", "-1"}};
  const std::string parts = "submission.budgets[1].realized_parts";
  EXPECT_THAT(WrongFields(submission_),
              ElementsAre(parts + "[1].funding_source", parts + "[2].expenditure_kind",
                          parts + "[2].amount"));
}

TEST_F(SubmissionCheckTest, HasAtMostTenThousandParts) {
  submission_.budgets.clear();
  for (int i = 0; i < 100; ++i) {
    submission_.budgets.push_back({absl::StrCat("SK", i), "1", {}});
    for (int j = 0; j < 100; ++j) {
      submission_.budgets.back().realized_parts.push_back({1, absl::StrCat("s", j), "1"});
    }
  }
  EXPECT_THAT(WrongFields(submission_), IsEmpty());
  submission_.budgets.push_back({"SK100", "1", {}});
  submission_.budgets.back().realized_parts = {{1, "DAU", "1"}};
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.budgets.realized_parts"));
}

TEST_F(SubmissionCheckTest, RefusesRepeatedCodes) {
  submission_.indicators[1].indicator_code = "A";
  submission_.budgets[1].sub_activity_code = "SK1";
  submission_.objectives.push_back(submission_.objectives[0]);
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators[1].indicator_code",
                                                    "submission.budgets[1].sub_activity_code",
                                                    "submission.objectives[1].objective_code"));
}

TEST_F(SubmissionCheckTest, RefusesEmptyCodes) {
  submission_.indicators[1].indicator_code.clear();
  submission_.budgets[1].sub_activity_code.clear();
  submission_.objectives[0].objective_code.clear();
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.indicators[1].indicator_code",
                                                    "submission.budgets[1].sub_activity_code",
                                                    "submission.objectives[0].objective_code"));
}

TEST_F(SubmissionCheckTest, AnObjectiveNeedsANarrative) {
  submission_.objectives[0].narrative.reset();
  EXPECT_THAT(WrongFields(submission_), ElementsAre("submission.objectives[0].narrative"));
}

TEST_F(SubmissionCheckTest, RefusesTextsThatReadOtherwiseThanTheyAreStored) {
  for (const std::string& text :
       {std::string("\xE2\x80\xAE"
                    "x"),
        std::string("a\0", 2), std::string("\xFF"), std::string(4001, 'x')}) {
    submission_ = Valid();
    submission_.indicators[0].narrative.success_factors = text;
    submission_.budgets[0].narrative.constraints = text;
    submission_.objectives[0].narrative->follow_up = text;
    submission_.reason = text;
    submission_.source = text;
    EXPECT_THAT(WrongFields(submission_),
                ElementsAre("submission.indicators[0].narrative.success_factors",
                            "submission.budgets[0].narrative.constraints",
                            "submission.objectives[0].narrative.follow_up", "submission.reason",
                            "submission.source"));
  }
}

TEST_F(SubmissionCheckTest, NamesTheCodesThatThePlanDoesNotHave) {
  PlanCodes codes;
  codes.indicators = {"A", "B", "C", "D"};
  codes.sub_activities = {"SK1", "SK2"};
  codes.objectives = {"S1"};
  EXPECT_THAT(CheckCodes(submission_, codes), IsOk());

  codes.indicators.erase("D");
  codes.sub_activities.erase("SK1");
  codes.objectives.clear();
  EXPECT_THAT(Fields(CheckCodes(submission_, codes)),
              ElementsAre("submission.indicators[3].indicator_code",
                          "submission.budgets[0].sub_activity_code",
                          "submission.objectives[0].objective_code"));
}

TEST(SubmissionName, LeadsToItsStreamAndItsPlan) {
  const auto name = ParseSubmissionName("regions/35.09/agencies/dinsos/submissions/2023Q4");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->period, (Period{2023, 4}));
  EXPECT_EQ(name->Stream(), "regions/35.09/agencies/dinsos/years/2023");
  EXPECT_EQ(name->AnnualPlan(), "regions/35.09/agencies/dinsos/annualPlans/2023");
}

TEST(DecideRevision, CountsFromOneAndAsksForAReasonFromTheSecondOn) {
  Quarter once;
  once.state = State::kSubmitted;
  once.revision = 1;

  EXPECT_EQ(*DecideRevision("q", Quarter(), 0, ""), 1);
  EXPECT_EQ(*DecideRevision("q", once, 1, "Koreksi"), 2);
  EXPECT_THAT(DecideRevision("q", once, 1, ""), HasField("submission.reason"));
  EXPECT_THAT(DecideRevision("q", once, 0, ""),
              StatusIs(absl::StatusCode::kAborted, "REVISION_CONFLICT"));
}

}  // namespace
}  // namespace sakip::realization
