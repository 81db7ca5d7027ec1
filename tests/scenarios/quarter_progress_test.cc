// Who has not submitted and what blocks whom, over the agencies that planning knows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"
#include "tests/scenarios/workflow_fixture.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using planning::kDinsos;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kDinkes[] = "regions/35.09/agencies/dinkes";
constexpr char kOther[] = "regions/35.10/agencies/dinkes";
constexpr char kProvince[] = "regions/35/agencies/bappeda";

class QuarterProgressTest : public WorkflowTest {
 protected:
  void RegisterAll() {
    for (const char* name : {kDinsos, kDinkes, kOther, kProvince}) {
      ASSERT_THAT(planning_.Register(planning::TestAgency(name), "agency"), IsOk());
    }
    ASSERT_THAT(planning_.Publish(planning::TestPlan(), 0, "plan"), IsOk());
  }

  absl::StatusOr<v1::GetQuarterProgressResponse> Progress(const std::string& parent,
                                                          int page_size = 0,
                                                          const std::string& page_token = "",
                                                          int quarter = 1,
                                                          const std::string& identity = "") {
    v1::GetQuarterProgressRequest request;
    request.set_parent(parent);
    request.set_year(2023);
    request.set_quarter(quarter);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(realization_.stub(), &Stub::GetQuarterProgress, request, identity);
  }
};

std::vector<std::string> Agencies(const v1::GetQuarterProgressResponse& progress) {
  std::vector<std::string> texts;
  for (const v1::AgencyProgress& agency : progress.agencies()) {
    texts.push_back(absl::StrCat(agency.agency(), " ", v1::Submission::State_Name(agency.state()),
                                 " ", agency.waits_for_role(), agency.overdue() ? " overdue" : ""));
  }
  return texts;
}

std::vector<std::string> Regions(const v1::GetQuarterProgressResponse& progress) {
  std::vector<std::string> texts;
  for (const v1::RegionProgress& region : progress.regions()) {
    std::string text = absl::StrCat(region.region(), " ", region.agencies());
    for (const auto& count : region.states()) {
      absl::StrAppend(&text, " ", v1::Submission::State_Name(count.state()), "=", count.agencies());
    }
    for (const auto& count : region.waiting()) {
      absl::StrAppend(&text, " ", count.role(), "=", count.agencies());
    }
    texts.push_back(absl::StrCat(text, " overdue=", region.overdue()));
  }
  return texts;
}

TEST_F(QuarterProgressTest, SaysWhoseTurnItIsFromTheAgenciesUpToTheProvince) {
  RegisterAll();
  ASSERT_THAT(Submit(0), IsOk());
  ASSERT_THAT(Open(realization_.clock().Now(), "", absl::StrCat(kDinkes, "/submissions/2023Q1")),
              IsOk());
  realization_.clock().Advance(absl::Seconds(1));

  const auto progress = Progress("regions/35");

  ASSERT_THAT(progress, IsOk());
  EXPECT_THAT(Agencies(*progress),
              ElementsAre(absl::StrCat(kDinkes, " STATE_OPEN reporter overdue"),
                          absl::StrCat(kDinsos, " STATE_SUBMITTED verifier"),
                          absl::StrCat(kOther, " STATE_NOT_OPENED reporter"),
                          absl::StrCat(kProvince, " STATE_NOT_OPENED reporter")));
  EXPECT_THAT(
      Regions(*progress),
      ElementsAre("regions/35.09 2 STATE_OPEN=1 STATE_SUBMITTED=1 reporter=1 verifier=1 overdue=1",
                  "regions/35.10 1 STATE_NOT_OPENED=1 reporter=1 overdue=0",
                  "regions/35 4 STATE_NOT_OPENED=2 STATE_OPEN=1 STATE_SUBMITTED=1 reporter=3 "
                  "verifier=1 overdue=1"));
  EXPECT_EQ(progress->agencies(1).revision(), 1);
  EXPECT_EQ(progress->agencies(1).display_name(), "Dinas Sosial Kabupaten Jember");
  EXPECT_TRUE(progress->agencies(1).has_since_time());
  EXPECT_FALSE(progress->agencies(2).has_since_time());
  EXPECT_EQ(progress->next_page_token(), "");
  EXPECT_THAT(Agencies(*Progress("regions/35", 0, "", 2)).at(1),
              absl::StrCat(kDinsos, " STATE_NOT_OPENED reporter"));
}

TEST_F(QuarterProgressTest, PagesTheAgenciesAndSumsThemOnce) {
  RegisterAll();

  const auto first = Progress("regions/-", 3);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Agencies(*first), SizeIs(3));
  EXPECT_EQ(first->regions(2).agencies(), 4) << "sums are over all pages";
  const auto second = Progress("regions/-", 3, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Agencies(*second), SizeIs(1));
  EXPECT_THAT(Regions(*second), IsEmpty());
  EXPECT_EQ(second->next_page_token(), "");

  EXPECT_THAT(Progress("regions/35", 3, first->next_page_token()), HasField("page_token"));
  EXPECT_THAT(Progress("regions/-", 3, first->next_page_token(), 2), HasField("page_token"));
}

TEST_F(QuarterProgressTest, TakesARegionOrAnAgency) {
  RegisterAll();
  EXPECT_THAT(Agencies(*Progress("regions/35.10")), SizeIs(1));
  const auto agency = Progress(kDinsos);
  EXPECT_THAT(Agencies(*agency), ElementsAre(absl::StrCat(kDinsos, " STATE_NOT_OPENED reporter")));
  EXPECT_THAT(Regions(*agency), IsEmpty());
  EXPECT_THAT(Progress("regions/35.09/agencies/nobody"),
              StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_THAT(Agencies(*Progress("regions/36")), IsEmpty());

  EXPECT_THAT(Progress(kQ1), HasField("parent"));
  EXPECT_THAT(Progress("regions/35", 0, "", 5), HasField("quarter"));
  EXPECT_THAT(Progress("regions/35", -1), HasField("page_size"));
}

TEST_F(QuarterProgressTest, NeedsPlanningAndTheRegion) {
  RegisterAll();
  EXPECT_THAT(Progress("regions/35", 0, "", 1, kVerifier),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(Progress("regions/35.09", 0, "", 1, kVerifier), IsOk());
  planning_.Stop();
  EXPECT_THAT(Progress("regions/35"), StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
}

}  // namespace
}  // namespace sakip::realization
