// What may have changed between two states: told alike by what is remembered and by the rows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/store/testing/counted_view_store.h"
#include "services/scoring/store/testing/test_logs.h"
#include "services/scoring/store/year_reader.h"

namespace sakip::scoring {
namespace {

using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kA[] = "regions/35.09/agencies/a";
constexpr char kB[] = "regions/35.10/agencies/b";
constexpr char kC[] = "regions/36/agencies/c";

class ChangesTest : public ::testing::Test {
 protected:
  ChangesTest() {
    for (const char* agency : {kA, kB, kC}) logs_.AddAgency(agency);
    for (const char* agency : {kA, kB, kC}) logs_.Add(TestPlan(agency));
    for (const char* agency : {kA, kB, kC}) logs_.Add(TestSubmission(agency));
  }

  Positions End() const { return {logs_.End(Source::kPlanning), logs_.End(Source::kRealization)}; }

  static std::vector<std::string> Changed(const Projection& projection, const std::string& scope,
                                          const Positions& from, const Positions& to,
                                          const std::string& after = "", int year = 2023) {
    std::vector<std::string> changed;
    EXPECT_THAT(projection.ForEachChange(ParseResourceName(scope).value(), year, from, to, after,
                                         [&](const std::string& agency, bool differs) {
                                           if (differs) changed.push_back(agency);
                                           return true;
                                         }),
                IsOk());
    return changed;
  }

  // As remembered by who read the log bit by bit, which is what the rows tell.
  std::vector<std::string> Changed(const std::string& scope, const Positions& from,
                                   const Positions& to, const std::string& after = "",
                                   int year = 2023) {
    logs_.ApplyTo(remembering_, 1);
    const auto remembered = Changed(remembering_, scope, from, to, after, year);
    EXPECT_EQ(remembered, Changed(Forgetful(), scope, from, to, after, year));
    return remembered;
  }

  // Over the same rows; it was not there when they were read.
  const Projection& Forgetful() { return forgetful_.emplace(store_); }

  TestLogs logs_;
  CountedViewStore store_;
  Projection remembering_{store_};
  std::optional<Projection> forgetful_;
};

TEST_F(ChangesTest, EverythingChangedSinceTheBeginning) {
  EXPECT_THAT(Changed("regions/-", {}, End()), ElementsAre(kA, kB, kC));
  EXPECT_THAT(Changed("regions/35", {}, End()), ElementsAre(kA, kB));
  EXPECT_THAT(Changed("regions/35", {}, End(), kA), ElementsAre(kB));
  EXPECT_THAT(Changed(kB, {}, End()), ElementsAre(kB));
  EXPECT_THAT(Changed("regions/-", End(), End()), IsEmpty());
}

TEST_F(ChangesTest, WhatIsRecordedChangesItsAgencyAndYear) {
  const Positions before = End();
  logs_.Add(TestSubmission(kA));
  const Positions submitted = End();
  planning::v1::PlanDocument plan = TestPlan(kB);
  plan.set_revision(2);
  logs_.Add(plan);

  EXPECT_THAT(Changed("regions/-", before, submitted), ElementsAre(kA));
  EXPECT_THAT(Changed("regions/-", submitted, End()), ElementsAre(kB));
  EXPECT_THAT(Changed("regions/-", before, End()), ElementsAre(kA, kB));
  EXPECT_THAT(Changed("regions/-", before, End(), "", 2024), IsEmpty());
  EXPECT_THAT(Changed("regions/36", before, End()), IsEmpty());
}

TEST_F(ChangesTest, AStrategicPlanChangesItsYearsAndADecreeNone) {
  const Positions before = End();
  planning::v1::PlanDocument strategic;
  strategic.set_name(absl::StrCat(kA, "/strategicPlans/2021-2026"));
  strategic.mutable_strategic_plan()->set_first_year(2021);
  strategic.mutable_strategic_plan()->set_last_year(2023);
  logs_.Add(strategic);
  planning::v1::PlanDocument decree;
  decree.set_name(absl::StrCat(kB, "/keyIndicatorDecrees/2021-2026"));
  decree.mutable_key_indicator_decree();
  logs_.Add(decree);

  EXPECT_THAT(Changed("regions/-", before, End()), ElementsAre(kA));
  EXPECT_THAT(Changed("regions/-", before, End(), "", 2024), IsEmpty());
}

TEST_F(ChangesTest, APolicyChangesAllBelowItsRegionFromItsFirstYear) {
  const Positions before = End();
  planning::v1::PlanEvent event;
  auto& policy = *event.mutable_scoring_policy_published()->mutable_scoring_policy();
  policy.set_name("regions/35/scoringPolicies/1");
  policy.set_first_year(2023);
  logs_.AddEvent(event);

  EXPECT_THAT(Changed("regions/-", before, End()), ElementsAre(kA, kB));
  EXPECT_THAT(Changed("regions/35.10", before, End()), ElementsAre(kB));
  EXPECT_THAT(Changed("regions/36", before, End()), IsEmpty());
  EXPECT_THAT(Changed("regions/-", before, End(), "", 2022), IsEmpty());
}

TEST_F(ChangesTest, ReferenceValuesChangeNoScorecard) {
  const Positions before = End();
  planning::v1::PlanEvent event;
  auto& value =
      *event.mutable_reference_values_published()->add_changes()->mutable_reference_value();
  value.set_name("regions/35/referenceValues/1");
  value.set_year(2023);
  logs_.AddEvent(event);

  EXPECT_THAT(Changed("regions/-", before, End()), IsEmpty());
}

TEST_F(ChangesTest, AnAgencyThatIsNotRegisteredIsNotTold) {
  const Positions before = End();
  logs_.Add(TestSubmission("regions/35.09/agencies/z"));

  EXPECT_THAT(Changed("regions/-", before, End()), IsEmpty());
}

TEST_F(ChangesTest, WhatIsRememberedIsNotLookedUp) {
  for (int i = 0; i < 50; ++i) logs_.AddAgency(absl::StrCat("regions/35.11/agencies/a", i));
  logs_.ApplyTo(remembering_, 1);
  const Positions before = End();
  logs_.Add(TestSubmission(kA));
  logs_.ApplyTo(remembering_, 1);

  store_.rows = 0;
  EXPECT_THAT(Changed(remembering_, "regions/-", before, End()), ElementsAre(kA));

  EXPECT_EQ(store_.rows, 1) << "whether the agency is registered";
}

TEST_F(ChangesTest, OnlyTheScopeIsScanned) {
  for (int i = 0; i < 50; ++i) logs_.AddAgency(absl::StrCat("regions/34/agencies/a", i));
  for (int i = 0; i < 50; ++i) logs_.AddAgency(absl::StrCat("regions/37/agencies/a", i));
  logs_.ApplyTo(remembering_);
  const auto scanned = [&](const std::string& scope, const std::string& after = "") {
    store_.rows = 0;
    EXPECT_THAT(remembering_.ForEachAgency(ParseResourceName(scope).value(), after,
                                           [](const std::string&) { return true; }),
                IsOk());
    return store_.rows.load();
  };

  EXPECT_EQ(scanned("regions/35"), 2);
  EXPECT_EQ(scanned("regions/35", kA), 1);
  EXPECT_EQ(scanned(kA), 1);
  EXPECT_EQ(scanned("regions/35.09"), 1);
  EXPECT_EQ(scanned("regions/-"), 103);
}

TEST_F(ChangesTest, ThePoliciesOfARegionAreReadOnce) {
  planning::v1::PlanEvent event;
  event.mutable_scoring_policy_published()->mutable_scoring_policy()->set_name(
      "regions/35/scoringPolicies/1");
  logs_.AddEvent(event);
  logs_.ApplyTo(remembering_);
  YearReader reader(remembering_, 2023, {}, Basis::kSubmitted);

  store_.policy_rows = 0;
  for (const char* agency : {kA, kA, kB, kC}) ASSERT_THAT(reader.Load(agency), IsOk());

  EXPECT_EQ(store_.policy_rows, 2) << "once for 35.09 and once for 35.10";
}

TEST(RecentChanges, TellsNothingOfWhatItHasForgotten) {
  RecentChanges recent(/*changes_max=*/2);
  std::vector<uint64_t> told;
  const auto tell = [&](uint64_t from, uint64_t to) {
    told.clear();
    return recent.Visit(Source::kPlanning, from, to,
                        [&](const Change& change) { told.push_back(change.position); });
  };
  recent.Add(Source::kPlanning, 10, 20, {{12, kA, {}}, {14, kA, {}}, {19, kA, {}}});

  EXPECT_FALSE(tell(12, 20)) << "that at 12 is forgotten";
  EXPECT_TRUE(tell(13, 20));
  EXPECT_THAT(told, ElementsAre(14, 19));
  EXPECT_TRUE(tell(13, 19));
  EXPECT_THAT(told, ElementsAre(14));
  EXPECT_FALSE(tell(13, 21)) << "that is not read yet";
  EXPECT_TRUE(tell(30, 30)) << "nothing is asked for";

  recent.Add(Source::kPlanning, 40, 41, {{40, kA, {}}});
  EXPECT_FALSE(tell(14, 41)) << "what is between is not known";
  EXPECT_TRUE(tell(40, 41));
  EXPECT_FALSE(recent.Visit(Source::kRealization, 40, 41, [](const Change&) {}));
}

}  // namespace
}  // namespace sakip::scoring
