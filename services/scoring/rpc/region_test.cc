// Views of a region, over gRPC: lists that are filtered, ordered and ranked, and summaries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/message/digest.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {
namespace {

using sakip::testing::HasField;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Filter = v1::ScorecardFilter;

class RegionTest : public ::testing::Test {
 protected:
  RegionTest() {
    request_.set_parent("regions/35");
    request_.set_year(2023);
    request_.set_quarter(4);
    summary_.set_parent("regions/35");
    summary_.set_year(2023);
    summary_.set_quarter(4);
  }

  // `numerator` of 50 against 90.2 %; `spent` of 1,000,000. Not submitted where it is empty.
  void Add(const std::string& agency, const std::string& numerator,
           const std::string& spent = "500000") {
    const std::string name = absl::StrCat("regions/", agency);
    logs_.AddAgency(name);
    logs_.Add(TestPlan(name));
    if (numerator.empty()) return;
    realization::v1::Submission submission = TestSubmission(name);
    submission.mutable_indicators(0)->mutable_ratio()->set_numerator(numerator);
    submission.mutable_budgets(0)->set_realized(spent);
    logs_.Add(submission);
  }

  // Four regencies' agencies and one of the province; b and c are equal.
  void AddProvince() {
    Add("35/agencies/bappeda", "25", "1000000");
    Add("35.09/agencies/a", "45");
    Add("35.09/agencies/b", "40", "0");
    Add("35.10/agencies/c", "40");
    Add("35.10/agencies/d", "");
    scoring_.Read(logs_);
  }

  // `1 a`, page after page.
  std::vector<std::string> Told(int page_size = 0) {
    std::vector<std::string> told;
    request_.set_page_size(page_size);
    request_.clear_page_token();
    do {
      const auto page = scoring_.List(request_);
      if (!page.ok()) return {std::string(page.status().message())};
      for (int i = 0; i < page->scorecards_size(); ++i) {
        const std::string name(AgencyOf(page->scorecards(i).name()));
        const std::string rank = page->ranks().empty() ? "" : absl::StrCat(page->ranks(i), " ");
        told.push_back(rank + name.substr(name.rfind('/') + 1));
      }
      request_.set_page_token(page->next_page_token());
    } while (!request_.page_token().empty());
    return told;
  }

  absl::StatusOr<v1::SummarizeScorecardsResponse> Summarize() {
    return rpc::CallNow(scoring_.stub(), &ScoringServer::Stub::SummarizeScorecards, summary_);
  }

  TestLogs logs_;
  ScoringServer scoring_;
  v1::ListScorecardsRequest request_;
  v1::SummarizeScorecardsRequest summary_;
};

TEST_F(RegionTest, ListsByNameWithoutRanks) {
  AddProvince();

  EXPECT_THAT(Told(), ElementsAre("a", "b", "c", "d", "bappeda"));
  request_.set_order_by("name desc");
  EXPECT_THAT(Told(2), ElementsAre("bappeda", "d", "c", "b", "a"));
}

TEST_F(RegionTest, RanksByAFigureWithTies) {
  AddProvince();

  request_.set_order_by("achievement desc");
  EXPECT_THAT(Told(), ElementsAre("1 a", "2 b", "2 c", "4 bappeda", "0 d"));
  EXPECT_THAT(Told(1), ElementsAre("1 a", "2 b", "2 c", "4 bappeda", "0 d"));
  request_.set_order_by("to_date");
  EXPECT_THAT(Told(2), ElementsAre("4 bappeda", "2 b", "2 c", "1 a", "0 d"));
  request_.set_order_by("absorption desc");
  EXPECT_THAT(Told(), ElementsAre("1 bappeda", "2 a", "2 c", "4 b", "0 d"));
}

TEST_F(RegionTest, AllPagesOfARankingTellOneState) {
  AddProvince();
  request_.set_order_by("achievement desc");
  request_.set_page_size(2);
  const auto first = scoring_.List(request_);
  ASSERT_THAT(first, IsOk());
  Add("35.10/agencies/z", "50");
  realization::v1::Submission corrected = TestSubmission("regions/35.10/agencies/c");
  corrected.set_revision(2);
  logs_.Add(corrected);
  scoring_.Read(logs_);

  request_.set_page_token(first->next_page_token());
  const auto second = scoring_.List(request_);

  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Names(*second), ElementsAre("regions/35.10/agencies/c/scorecards/2023Q4",
                                          "regions/35/agencies/bappeda/scorecards/2023Q4"));
  EXPECT_THAT(second->ranks(), ElementsAre(2, 4));
}

TEST_F(RegionTest, ScoresAllAgenciesForTheFirstPageOfARankingOnly) {
  AddProvince();
  request_.set_order_by("achievement desc");
  request_.set_page_size(1);
  scoring_.store().rows = 0;
  const auto first = scoring_.List(request_);
  ASSERT_THAT(first, IsOk());
  const size_t rows_of_first = scoring_.store().rows.exchange(0);

  request_.set_page_token(first->next_page_token());
  const auto second = scoring_.List(request_);

  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(second->ranks(), ElementsAre(2));
  EXPECT_LT(2 * scoring_.store().rows, rows_of_first) << "one agency of five";
}

TEST_F(RegionTest, ListsWhatAFilterLetsThrough) {
  AddProvince();

  request_.mutable_filter()->add_ratings("A");
  EXPECT_THAT(Told(), ElementsAre("b", "c"));
  request_.mutable_filter()->clear_ratings();
  request_.mutable_filter()->set_submission(Filter::SUBMISSION_NOT_SUBMITTED);
  EXPECT_THAT(Told(), ElementsAre("d"));
  request_.mutable_filter()->set_submission(Filter::SUBMISSION_SUBMITTED);
  request_.mutable_filter()->set_region_level(Filter::REGION_LEVEL_REGENCY);
  request_.set_order_by("absorption desc");
  EXPECT_THAT(Told(1), ElementsAre("1 a", "1 c", "3 b"));
  request_.mutable_filter()->set_region_level(Filter::REGION_LEVEL_PROVINCE);
  EXPECT_THAT(Told(), ElementsAre("1 bappeda"));
}

TEST_F(RegionTest, SendsOnlyTheFieldsAskedFor) {
  AddProvince();
  request_.mutable_read_mask()->add_paths("name");
  request_.mutable_read_mask()->add_paths("achievement.rating");

  const auto page = scoring_.List(request_);

  ASSERT_THAT(page, IsOk());
  v1::Scorecard expected;
  expected.set_name(CardOf("regions/35.09/agencies/a"));
  expected.mutable_achievement()->set_rating("AA");
  EXPECT_EQ(DeterministicBytes(page->scorecards(0)), DeterministicBytes(expected));
}

TEST_F(RegionTest, RefusesListsThatAreNone) {
  AddProvince();
  request_.set_page_size(1);
  const auto first = scoring_.List(request_);
  ASSERT_THAT(first, IsOk());
  request_.set_page_token(first->next_page_token());
  request_.set_order_by("achievement");
  EXPECT_THAT(scoring_.List(request_), HasField("page_token"));
  request_.set_order_by("budget");
  EXPECT_THAT(scoring_.List(request_), HasField("order_by"));
  request_.set_order_by("");
  request_.mutable_read_mask()->add_paths("objectives.code");
  EXPECT_THAT(scoring_.List(request_), HasField("read_mask"));
  request_.clear_read_mask();
  request_.mutable_filter()->set_submission(static_cast<Filter::Submission>(9));
  request_.mutable_filter()->set_region_level(static_cast<Filter::RegionLevel>(9));
  for (const char* field : {"filter.submission", "filter.region_level"}) {
    EXPECT_THAT(scoring_.List(request_), HasField(field)) << field;
  }
  for (int i = 0; i < 21; ++i) request_.mutable_filter()->add_ratings("AA");
  EXPECT_THAT(scoring_.List(request_), HasField("filter.ratings"));
}

TEST_F(RegionTest, SumsUpARegionAndItsGovernments) {
  AddProvince();
  logs_.AddAgency("regions/35.10/agencies/tanpa-rencana");
  scoring_.Read(logs_);

  const auto response = Summarize();

  ASSERT_THAT(response, IsOk());
  const v1::RegionSummary& total = response->total();
  EXPECT_EQ(total.region(), "regions/35");
  EXPECT_EQ(total.agencies(), 5);
  EXPECT_EQ(total.without_plan(), 1);
  EXPECT_EQ(total.submitted(), 4);
  EXPECT_EQ(total.unrated(), 1);
  ASSERT_EQ(total.distributions_size(), 1);
  EXPECT_EQ(total.distributions(0).counts(0).rating(), "AA");
  EXPECT_EQ(total.distributions(0).counts(0).agencies(), 1);
  EXPECT_EQ(total.distributions(0).counts(1).agencies(), 2);
  EXPECT_EQ(total.budget().budget(), "5000000");
  EXPECT_EQ(total.budget().realized(), "2000000");
  EXPECT_EQ(total.budget().absorption().value(), "40.00");
  std::vector<std::string> governments;
  for (const v1::RegionSummary& government : response->governments()) {
    governments.push_back(absl::StrCat(government.region(), " ", government.agencies(), " ",
                                       government.budget().absorption().value()));
  }
  EXPECT_THAT(governments,
              ElementsAre("regions/35 1 100.00", "regions/35.09 2 25.00", "regions/35.10 2 25.00"));
  ASSERT_EQ(response->not_submitted_size(), 1);
  EXPECT_EQ(response->not_submitted(0).agency(), "regions/35.10/agencies/d");
  EXPECT_EQ(response->read().planning(), 11u);
}

TEST_F(RegionTest, SumsUpAStateOfThePast) {
  AddProvince();
  summary_.mutable_as_of()->mutable_positions()->set_planning(4);
  summary_.mutable_as_of()->mutable_positions()->set_realization(1);

  const auto response = Summarize();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->total().agencies(), 2);
  EXPECT_EQ(response->total().without_plan(), 0);
  EXPECT_EQ(response->total().submitted(), 1);
}

TEST_F(RegionTest, ARegionWithoutAgenciesIsEmpty) {
  const auto response = Summarize();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->total().agencies(), 0);
  EXPECT_THAT(response->governments(), IsEmpty());
  EXPECT_THAT(response->not_submitted(), IsEmpty());
}

TEST_F(RegionTest, RefusesSummariesThatAreNone) {
  summary_.set_parent("regions/35.09/agencies/a");
  EXPECT_THAT(Summarize(), HasField("parent"));
  summary_.set_parent("regions/35");
  summary_.set_quarter(5);
  EXPECT_THAT(Summarize(), HasField("quarter"));
  summary_.set_quarter(4);
  summary_.mutable_as_of();
  EXPECT_THAT(Summarize(), HasField("as_of"));
}

}  // namespace
}  // namespace sakip::scoring
