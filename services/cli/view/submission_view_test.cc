#include "services/cli/view/submission_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sakip::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RenderSubmission, ShowsWhatWasSpentByKindAndSource) {
  realization::v1::Submission submission;
  realization::v1::BudgetRealization& line = *submission.add_budgets();
  line.set_sub_activity_code("SK1");
  line.set_realized("900");
  EXPECT_THAT(RenderSubmission(submission, {}), Not(HasSubstr("Sumber dana")));
  types::v1::BudgetPart& part = *line.add_realized_parts();
  part.set_expenditure_kind(types::v1::EXPENDITURE_KIND_OPERATING);
  part.set_funding_source("DBHCHT");
  part.set_amount("700");

  EXPECT_THAT(RenderSubmission(submission, {}),
              HasSubstr("SK1           Belanja operasi  DBHCHT                    Rp700\n"));
}

}  // namespace
}  // namespace sakip::cli
