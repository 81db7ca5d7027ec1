#include "services/scoring/store/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class ProjectionTest : public ::testing::Test {
 protected:
  std::vector<std::string> Agencies(const std::string& scope, const std::string& after = "") {
    std::vector<std::string> names;
    EXPECT_THAT(projection_.ForEachAgency(ParseResourceName(scope).value(), after,
                                          [&](const std::string& name) {
                                            names.push_back(name);
                                            return true;
                                          }),
                IsOk());
    return names;
  }

  TestLogs logs_;
  views::MemoryViewStore store_;
  Projection projection_{store_};
};

TEST_F(ProjectionTest, KnowsNothingBeforeItHasRead) {
  EXPECT_EQ(*projection_.Position(Source::kPlanning), 0);
  const auto year = projection_.Load(kDinsos, 2023);
  ASSERT_THAT(year, IsOk());
  EXPECT_THAT(year->plans.annual_plans, IsEmpty());
  EXPECT_THAT(Agencies("regions/-"), IsEmpty());
}

TEST_F(ProjectionTest, KeepsPlansAndSubmissionsWithTheirPositions) {
  logs_.AddAgency();
  logs_.Add(TestPlan());
  logs_.Add(TestSubmission());

  logs_.ApplyTo(projection_);

  EXPECT_EQ(*projection_.Position(Source::kPlanning), 2);
  EXPECT_EQ(*projection_.Position(Source::kRealization), 1);
  const auto year = projection_.Load(kDinsos, 2023);
  ASSERT_THAT(year, IsOk());
  EXPECT_EQ(year->plans.display_name, absl::StrCat("Badan ", kDinsos));
  ASSERT_EQ(year->plans.annual_plans.size(), 1);
  const DocumentRef& ref = year->plans.annual_plans[0].ref;
  EXPECT_EQ(ref.revision, 1);
  EXPECT_EQ(ref.log_position, 1);
  EXPECT_EQ(ref.content_digest, "plan-1");
  EXPECT_EQ(ref.effective_date, absl::CivilDay(2023, 1, 1));
  ASSERT_EQ(year->submissions.by_quarter.size(), 1);
  EXPECT_EQ(year->submissions.by_quarter.at(4).coverage, Coverage::kYearToDate);
}

TEST_F(ProjectionTest, KeepsEveryRevisionOfAPlanInOrder) {
  for (uint32_t revision = 1; revision <= 11; ++revision) {
    planning::v1::PlanDocument plan = TestPlan();
    plan.set_revision(revision);
    logs_.Add(plan);
  }

  logs_.ApplyTo(projection_, 3);

  const auto year = projection_.Load(kDinsos, 2023);
  ASSERT_EQ(year->plans.annual_plans.size(), 11);
  for (uint32_t i = 0; i < 11; ++i) EXPECT_EQ(year->plans.annual_plans[i].ref.revision, i + 1);
}

TEST_F(ProjectionTest, KeepsTheLatestRevisionOfASubmission) {
  logs_.Add(TestSubmission());
  realization::v1::Submission second = TestSubmission();
  second.set_revision(2);
  second.mutable_indicators(1)->set_quantity("61");
  logs_.Add(second);

  logs_.ApplyTo(projection_, 1);

  const Submission& kept = projection_.Load(kDinsos, 2023)->submissions.by_quarter.at(4);
  EXPECT_EQ(kept.revision, 2);
  EXPECT_EQ(kept.log_position, 1);
  EXPECT_EQ(kept.indicators.at("SK1.1").value, *Decimal::Parse("61"));
}

TEST_F(ProjectionTest, LoadsWhatConcernsTheYearAndTheAgency) {
  logs_.Add(TestPlan());
  logs_.Add(TestPlan("regions/35.09/agencies/dinsos-2"));
  planning::v1::PlanDocument strategic;
  strategic.set_name(absl::StrCat(kDinsos, "/strategicPlans/2021-2026"));
  strategic.set_effective_date("2021-09-01");
  strategic.mutable_strategic_plan()->set_first_year(2021);
  strategic.mutable_strategic_plan()->set_last_year(2026);
  logs_.Add(strategic);

  logs_.ApplyTo(projection_);

  EXPECT_EQ(projection_.Load(kDinsos, 2023)->plans.annual_plans.size(), 1);
  EXPECT_EQ(projection_.Load(kDinsos, 2023)->plans.strategic_plans.size(), 1);
  EXPECT_THAT(projection_.Load(kDinsos, 2024)->plans.annual_plans, IsEmpty());
  EXPECT_EQ(projection_.Load(kDinsos, 2026)->plans.strategic_plans.size(), 1);
  EXPECT_THAT(projection_.Load(kDinsos, 2027)->plans.strategic_plans, IsEmpty());
  EXPECT_THAT(projection_.Load(kDinsos, 2020)->plans.strategic_plans, IsEmpty());
}

TEST_F(ProjectionTest, PassesOverWhatItDoesNotKnow) {
  logs_.AddEvent(planning::v1::PlanEvent());
  logs_.AddAgency();
  logs_.AddEvent({"sakip.realization.v1.SomethingNew", "payload"});
  logs_.Add(TestSubmission());

  logs_.ApplyTo(projection_);

  EXPECT_EQ(*projection_.Position(Source::kPlanning), 2);
  EXPECT_THAT(Agencies("regions/-"), ElementsAre(kDinsos));
  EXPECT_EQ(*projection_.Position(Source::kRealization), 2);
  const YearSubmissions year = projection_.Load(kDinsos, 2023)->submissions;
  EXPECT_EQ(year.by_quarter.size(), 1);
  EXPECT_THAT(year.unread, IsEmpty());
}

TEST_F(ProjectionTest, NamesWhatItCannotReadAndGoesOn) {
  logs_.AddEvent({"sakip.realization.v1.QuarterSubmitted", "\xFF\xFF"});
  realization::v1::Submission wrong = TestSubmission();
  wrong.mutable_budgets(0)->set_realized("a lot");
  logs_.Add(wrong);
  const std::string other = "regions/35.09/agencies/dinkes";
  logs_.Add(TestSubmission(other));

  logs_.ApplyTo(projection_);

  EXPECT_EQ(*projection_.Position(Source::kRealization), 3);
  const auto unread = projection_.Load(kDinsos, 2023)->submissions.unread;
  ASSERT_EQ(unread.size(), 2);
  EXPECT_EQ(unread[0].event,
            absl::StrCat("sakip.realization.v1.QuarterSubmitted of ", kDinsos, "/years/2023@1"));
  EXPECT_EQ(unread[0].log_position, 0);
  EXPECT_EQ(unread[1].event, absl::StrCat(kDinsos, "/submissions/2023Q4@1"));
  EXPECT_EQ(unread[1].log_position, 1);
  EXPECT_THAT(projection_.Load(other, 2023)->submissions.unread, IsEmpty());
  EXPECT_EQ(projection_.Load(other, 2023)->submissions.by_quarter.size(), 1);
}

TEST_F(ProjectionTest, TellsWhatWasKnownBeforeAPosition) {
  logs_.AddAgency();
  logs_.Add(TestPlan());
  planning::v1::PlanDocument second = TestPlan();
  second.set_revision(2);
  logs_.Add(second);
  logs_.Add(TestSubmission());
  realization::v1::Submission corrected = TestSubmission();
  corrected.set_revision(2);
  logs_.Add(corrected);
  logs_.ApplyTo(projection_);

  const auto load = [&](uint64_t planning, uint64_t realization) {
    return *projection_.Load(kDinsos, 2023, {planning, realization});
  };
  EXPECT_EQ(load(3, 2).plans.annual_plans.size(), 2);
  EXPECT_EQ(load(2, 2).plans.annual_plans.size(), 1);
  EXPECT_THAT(load(1, 2).plans.annual_plans, IsEmpty());
  EXPECT_EQ(load(1, 2).plans.display_name, absl::StrCat("Badan ", kDinsos));
  EXPECT_EQ(load(0, 2).plans.display_name, "");
  EXPECT_EQ(load(3, 2).submissions.by_quarter.at(4).revision, 2);
  EXPECT_EQ(load(3, 1).submissions.by_quarter.at(4).revision, 1);
  EXPECT_THAT(load(3, 0).submissions.by_quarter, IsEmpty());
}

TEST_F(ProjectionTest, AClosedQuarterIsPinnedUntilItIsReopened) {
  const std::string name = absl::StrCat(kDinsos, "/submissions/2023Q2");
  realization::v1::QuarterClosed closed;
  closed.set_name(name);
  closed.mutable_close()->set_planning_end_position(7);
  logs_.AddEvent(eventlog::MakeEvent(closed));

  logs_.ApplyTo(projection_);

  YearSubmissions year = projection_.Load(kDinsos, 2023)->submissions;
  EXPECT_THAT(year.closed_quarters, ElementsAre(2));
  EXPECT_THAT(year.pinned_plan_records, ElementsAre(Pair(2, 7)));
  EXPECT_THAT(projection_.Load(kDinsos, 2024)->submissions.closed_quarters, IsEmpty());

  realization::v1::QuarterReopened reopened;
  reopened.set_name(name);
  logs_.AddEvent(eventlog::MakeEvent(reopened));
  logs_.ApplyTo(projection_);

  year = projection_.Load(kDinsos, 2023)->submissions;
  EXPECT_THAT(year.closed_quarters, IsEmpty());
  EXPECT_THAT(year.pinned_plan_records, IsEmpty());
}

TEST_F(ProjectionTest, KeepsTheLastApproval) {
  const std::string name = absl::StrCat(kDinsos, "/submissions/2023Q4");
  realization::v1::SubmissionApproved approved;
  approved.set_name(name);
  for (const uint32_t revision : {1u, 2u}) {
    approved.set_revision(revision);
    approved.set_content_digest(absl::StrCat("digest-", revision));
    logs_.AddEvent(eventlog::MakeEvent(approved));
  }

  logs_.ApplyTo(projection_);

  const auto approvals = projection_.Load(kDinsos, 2023)->submissions.approvals;
  ASSERT_EQ(approvals.size(), 1);
  EXPECT_EQ(approvals.at(4).revision, 2);
  EXPECT_EQ(approvals.at(4).content_digest, "digest-2");
}

TEST_F(ProjectionTest, MovesOnWhereAScopeLeftEverythingOut) {
  ASSERT_THAT(projection_.ApplySubmissions({}, 7), IsOk());
  EXPECT_EQ(*projection_.Position(Source::kRealization), 7);
  EXPECT_EQ(*projection_.Position(Source::kPlanning), 0);
  EXPECT_FALSE(projection_.ApplySubmissions({}, 6).ok());
  ASSERT_THAT(projection_.ApplyPlans({}, 5), IsOk());
  EXPECT_EQ(*projection_.Position(Source::kPlanning), 5);
  EXPECT_FALSE(projection_.ApplyPlans({}, 4).ok());
}

TEST_F(ProjectionTest, ListsTheAgenciesOfAScopeByName) {
  const std::string bappeda = "regions/35/agencies/bappeda", dinkes = "regions/35.10/agencies/a";
  const std::string dinsos2 = "regions/35.09/agencies/dinsos-2";
  for (const std::string& name : {bappeda, dinkes, dinsos2, std::string(kDinsos)}) {
    logs_.AddAgency(name);
  }
  logs_.ApplyTo(projection_);

  EXPECT_THAT(Agencies("regions/-"), ElementsAre(kDinsos, dinsos2, dinkes, bappeda));
  EXPECT_THAT(Agencies("regions/35"), ElementsAre(kDinsos, dinsos2, dinkes, bappeda));
  EXPECT_THAT(Agencies("regions/35.09"), ElementsAre(kDinsos, dinsos2));
  EXPECT_THAT(Agencies("regions/35.09", kDinsos), ElementsAre(dinsos2));
  EXPECT_THAT(Agencies(kDinsos), ElementsAre(kDinsos));
  EXPECT_THAT(Agencies("regions/36"), IsEmpty());
}

}  // namespace
}  // namespace sakip::scoring
