// What planning and realization log about a quarter's close, and what scoring makes of it.
//
// Planning and realization are real services; scoring's projection watches the one and folds the
// records of the other as a follower does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/eventlog/testing/event_log_test_support.h"
#include "common/policy/policy.h"
#include "common/testing/status_matchers.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/store/projection.h"
#include "tests/scenarios/watched_plans.h"
#include "tests/scenarios/workflow_fixture.h"

namespace sakip::realization {
namespace {

using sakip::testing::IsOk;
using scoring::FigureState;
using ::testing::Contains;
using ::testing::Not;

constexpr char kQ4[] = "regions/35.09/agencies/dinsos/submissions/2023Q4";
constexpr char kChanged[] = "CHANGED_SINCE_APPROVAL";
constexpr char kWouldChange[] = "CLOSED_QUARTER_WOULD_CHANGE";

// The last quarter of the year, in which everything is due.
class ClosedQuarterTest : public WorkflowTest {
 protected:
  ClosedQuarterTest() { name_ = kQ4; }

  // The scorecard of the quarter after all that was logged.
  scoring::Scorecard Score() {
    EXPECT_TRUE(plans_.Reach(planning_.log().end_position()));
    const auto position =
        static_cast<ptrdiff_t>(projection_.Position(scoring::Source::kRealization).value());
    const auto all = eventlog::ReadAll(realization_.log()).value();
    EXPECT_THAT(projection_.ApplySubmissions({all.begin() + position, all.end()}, all.size()),
                IsOk());
    const auto facts = projection_.Load(planning::kDinsos, 2023).value();
    return scoring::Score(facts.plans, facts.submissions, policy::DefaultPolicy(), {2023, 4})
        .value();
  }

  // The output that was submitted, and the key indicator that was not.
  static const scoring::Figure& Submitted(const scoring::Scorecard& card) {
    return card.objectives.at(0)
        .programs.at(0)
        .activities.at(0)
        .sub_activities.at(0)
        .indicators.at(0)
        .year.achievement.figure;
  }
  static const scoring::Figure& Unsubmitted(const scoring::Scorecard& card) {
    return card.objectives.at(0).indicators.at(0).year.achievement.figure;
  }

  static std::vector<std::string> Findings(const scoring::Scorecard& card) {
    std::vector<std::string> codes;
    for (const Finding& finding : card.findings) codes.push_back(finding.code);
    return codes;
  }

  // In force from the first day of the year, published now.
  void PublishRetroactiveRevision() {
    planning::v1::PlanDocument plan = planning::TestPlan();
    plan.set_reason("Perubahan APBD");
    auto& objective = *plan.mutable_annual_plan()->mutable_objectives(0);
    auto& sub_activity =
        *objective.mutable_programs(0)->mutable_activities(0)->mutable_sub_activities(0);
    sub_activity.mutable_indicators(0)->mutable_target()->set_value("15");
    ASSERT_THAT(planning_.Publish(plan, 1, "plan-2"), IsOk());
  }

  views::MemoryViewStore store_;
  scoring::Projection projection_{store_};
  scoring::WatchedPlans plans_{planning_.address(), projection_};
};

TEST_F(ClosedQuarterTest, IsFinalAndWhatIsMissingCountsZeroUntilItIsReopened) {
  PublishPlan();
  ASSERT_THAT(Submit(0), IsOk());
  EXPECT_EQ(Submitted(Score()).state, FigureState::kProvisional);
  EXPECT_EQ(Unsubmitted(Score()).state, FigureState::kMissing);
  EXPECT_EQ(Unsubmitted(Score()).exact, std::nullopt);

  ASSERT_THAT(Close(), IsOk());

  const scoring::Scorecard closed = Score();
  EXPECT_EQ(Submitted(closed).state, FigureState::kFinal);
  EXPECT_EQ(Submitted(closed).printed, "25.00");
  EXPECT_EQ(Unsubmitted(closed).state, FigureState::kMissing);
  EXPECT_EQ(Unsubmitted(closed).exact, exact::Rational(0));

  ASSERT_THAT(Reopen(), IsOk());
  EXPECT_EQ(Submitted(Score()).state, FigureState::kProvisional);
  EXPECT_EQ(Unsubmitted(Score()).exact, std::nullopt);
}

TEST_F(ClosedQuarterTest, ARetroactiveRevisionDoesNotChangeItAndIsAFinding) {
  PublishPlan();
  ASSERT_THAT(Submit(0), IsOk());
  ASSERT_THAT(Close(), IsOk());
  EXPECT_THAT(Findings(Score()), Not(Contains(kWouldChange)));

  PublishRetroactiveRevision();

  const scoring::Scorecard after = Score();
  EXPECT_EQ(after.documents.at(0).revision, 1);
  EXPECT_THAT(Findings(after), Contains(kWouldChange));

  ASSERT_THAT(Reopen(), IsOk());
  const scoring::Scorecard reopened = Score();
  EXPECT_EQ(reopened.documents.at(0).revision, 2);
  EXPECT_EQ(Submitted(reopened).printed, "100.00");
  EXPECT_THAT(Findings(reopened), Not(Contains(kWouldChange)));
}

TEST_F(ClosedQuarterTest, ACorrectionOfWhatWasApprovedIsAFindingUntilItIsApproved) {
  PublishPlan();
  ApproveFirst();
  EXPECT_THAT(Findings(Score()), Not(Contains(kChanged)));

  const std::string digest = Submit(1, "16")->submission().content_digest();

  const scoring::Scorecard changed = Score();
  ASSERT_THAT(Findings(changed), Contains(kChanged));
  for (const Finding& finding : changed.findings) {
    if (finding.code != kChanged) continue;
    EXPECT_EQ(finding.subject, kQ4);
    EXPECT_EQ(finding.figures.at(0).location, absl::StrCat(kQ4, "@1"));
    EXPECT_EQ(finding.figures.at(1).location, absl::StrCat(kQ4, "@2"));
    EXPECT_EQ(finding.figures.at(1).value, digest);
  }
  ASSERT_THAT(Verify(digest), IsOk());
  ASSERT_THAT(Approve(digest), IsOk());
  EXPECT_THAT(Findings(Score()), Not(Contains(kChanged)));
}

}  // namespace
}  // namespace sakip::realization
