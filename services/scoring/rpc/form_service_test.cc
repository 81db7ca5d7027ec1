// Asks for forms over gRPC as a client does; the test applies the records that followers would.
#include "services/scoring/rpc/form_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/status_matchers.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Stub = v1::FormService::Stub;

class FormServiceTest : public ::testing::Test {
 protected:
  FormServiceTest() {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::FormService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<FormService>(*gate_, projection_, progress_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::FormService::NewStub(rpc::MakeChannel({.target = server_->address()}).value());
    logs_.AddAgency();
  }

  // Realizes `numerator` of 50 of IKU1, 66 orang, and 500,000 rupiah.
  void AddYear(int year, const std::string& numerator) {
    planning::v1::PlanDocument plan = TestPlan();
    plan.set_name(absl::StrCat(kDinsos, "/annualPlans/", year));
    plan.set_effective_date(absl::StrCat(year, "-01-01"));
    plan.mutable_annual_plan()->set_year(year);
    logs_.Add(plan);
    realization::v1::Submission submission = TestSubmission();
    submission.set_name(absl::StrCat(kDinsos, "/submissions/", year, "Q4"));
    submission.mutable_indicators(0)->mutable_ratio()->set_numerator(numerator);
    submission.mutable_indicators(0)->mutable_narrative()->set_constraints("data terlambat");
    logs_.Add(submission);
  }

  // From 2021 to 2024, with a target of IKU1 for the last year.
  void AddStrategicPlan() {
    planning::v1::PlanDocument document;
    document.set_name(absl::StrCat(kDinsos, "/strategicPlans/2021-2024"));
    document.set_revision(1);
    document.set_effective_date("2021-01-01");
    auto& plan = *document.mutable_strategic_plan();
    plan.set_first_year(2021);
    plan.set_last_year(2024);
    auto& indicator = *plan.add_goals()->add_objectives()->add_indicators();
    indicator.set_code("IKU1");
    auto& target = *indicator.add_targets();
    target.set_year(2024);
    target.mutable_target()->set_value("90.3");
    target.mutable_target()->set_unit("%");
    logs_.Add(document);
  }

  void Read() {
    logs_.ApplyTo(projection_);
    for (const Source source : {Source::kPlanning, Source::kRealization}) {
      progress_.Advance(source, logs_.End(source));
    }
  }

  static v1::GetRenjaEvaluationRequest Evaluation(const std::string& period = "2023Q4") {
    v1::GetRenjaEvaluationRequest request;
    request.set_name(absl::StrCat(kDinsos, "/renjaEvaluations/", period));
    return request;
  }
  static v1::GetMandatoryAnalysesRequest Analyses(const std::string& period = "2023Q4") {
    v1::GetMandatoryAnalysesRequest request;
    request.set_name(absl::StrCat(kDinsos, "/mandatoryAnalyses/", period));
    return request;
  }

  absl::StatusOr<v1::GetRenjaEvaluationResponse> Get(const v1::GetRenjaEvaluationRequest& request,
                                                     absl::Duration timeout = absl::Seconds(30)) {
    return rpc::CallNow(*stub_, &Stub::GetRenjaEvaluation, request, "", timeout);
  }
  absl::StatusOr<v1::GetMandatoryAnalysesResponse> Get(
      const v1::GetMandatoryAnalysesRequest& request) {
    return rpc::CallNow(*stub_, &Stub::GetMandatoryAnalyses, request);
  }

  TestLogs logs_;
  views::MemoryViewStore store_;
  Projection projection_{store_};
  Progress progress_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<FormService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(FormServiceTest, TellsTheYearBesideTheStrategicPlan) {
  AddStrategicPlan();
  AddYear(2020, "10");  // Before the strategic plan.
  AddYear(2022, "40");
  AddYear(2023, "45");
  Read();

  const auto response = Get(Evaluation());

  ASSERT_THAT(response, IsOk());
  const v1::RenjaEvaluation& form = response->evaluation();
  EXPECT_EQ(form.name(), absl::StrCat(kDinsos, "/renjaEvaluations/2023Q4"));
  EXPECT_EQ(form.agency_display_name(), absl::StrCat("Badan ", kDinsos));
  EXPECT_EQ(form.sources().policy(), "policies/permenpanrb-53-2014/versions/1");
  EXPECT_THAT(form.sources().submissions(), SizeIs(1));
  EXPECT_EQ(form.strategic_plan().last_year(), 2024);
  ASSERT_THAT(form.earlier_years(), SizeIs(2));
  EXPECT_EQ(form.earlier_years(0).state(), v1::CELL_STATE_NOT_RECORDED);
  EXPECT_EQ(form.earlier_years(1).state(), v1::CELL_STATE_PROVISIONAL);
  EXPECT_EQ(response->read().planning(), logs_.End(Source::kPlanning));

  ASSERT_THAT(form.rows(), SizeIs(4));
  const v1::RenjaEvaluationRow& key = form.rows(0);
  EXPECT_EQ(key.level(), types::v1::LEVEL_OBJECTIVE);
  EXPECT_EQ(key.indicator_code(), "IKU1");
  EXPECT_EQ(key.time_aggregation(), types::v1::TIME_AGGREGATION_LAST);
  EXPECT_EQ(key.strategic_target().performance().measure().value(), "90.3");
  EXPECT_EQ(key.strategic_target().money().state(), v1::CELL_STATE_NOT_RECORDED);
  EXPECT_EQ(key.strategic_realization_before().performance().measure().value(), "80");
  EXPECT_EQ(key.annual_target().performance().measure().value(), "90.2");
  EXPECT_EQ(key.annual_realization().performance().measure().value(), "90");
  EXPECT_EQ(key.annual_achievement().performance().figure().exact(), "45000/451");
  EXPECT_EQ(key.strategic_achievement().performance().figure().exact(), "30000/301");
  EXPECT_EQ(key.strategic_achievement().performance().figure().value(), "99.67");
  EXPECT_EQ(key.narrative().constraints(), "data terlambat");

  const v1::RenjaEvaluationRow& output = form.rows(3);
  EXPECT_EQ(output.level(), types::v1::LEVEL_SUB_ACTIVITY);
  ASSERT_THAT(output.quarters(), SizeIs(4));
  EXPECT_EQ(output.quarters(0).performance().state(), v1::CELL_STATE_NOT_DUE);
  EXPECT_EQ(output.quarters(0).money().state(), v1::CELL_STATE_MISSING);
  EXPECT_EQ(output.quarters(3).performance().measure().value(), "66");
  EXPECT_EQ(output.quarters(3).performance().from_quarter(), 1);
  EXPECT_EQ(output.quarters(3).money().measure().unit(), "Rp");
  const v1::FormAmount& before = output.strategic_realization_before().performance();
  EXPECT_EQ(before.state(), v1::CELL_STATE_PARTIAL);
  EXPECT_EQ(before.exact(), "66");
  EXPECT_THAT(before.years(), ElementsAre(2022));
  ASSERT_THAT(before.uncounted_years(), SizeIs(1));
  EXPECT_EQ(before.uncounted_years(0).year(), 2021);
  EXPECT_EQ(output.annual_achievement().money().figure().value(), "50.00");
  EXPECT_EQ(output.strategic_realization().money().measure().value(), "1000000");

  ASSERT_THAT(form.means(), SizeIs(2));
  EXPECT_EQ(form.means(0).annual_achievement().performance().rating_label(), "Sangat Tinggi");
  EXPECT_EQ(form.means(1).annual_achievement().money().rating(), "SR");
}

TEST_F(FormServiceTest, TellsWhichAnalysesHaveTheirData) {
  AddStrategicPlan();
  AddYear(2022, "40");
  AddYear(2023, "45");
  Read();

  const auto response = Get(Analyses());

  ASSERT_THAT(response, IsOk());
  const v1::MandatoryAnalyses& list = response->analyses();
  EXPECT_EQ(list.name(), absl::StrCat(kDinsos, "/mandatoryAnalyses/2023Q4"));
  ASSERT_THAT(list.analyses(), SizeIs(7));
  const auto presence = [&](int index) { return list.analyses(index).presence(); };
  EXPECT_EQ(list.analyses(6).kind(), v1::MandatoryAnalysis::KIND_SUPPORTING_PROGRAMS);
  EXPECT_EQ(presence(0), v1::MandatoryAnalysis::PRESENCE_PRESENT);
  EXPECT_EQ(presence(1), v1::MandatoryAnalysis::PRESENCE_EMPTY);
  EXPECT_EQ(presence(2), v1::MandatoryAnalysis::PRESENCE_PRESENT);
  EXPECT_EQ(presence(3), v1::MandatoryAnalysis::PRESENCE_MISSING);
  EXPECT_EQ(presence(4), v1::MandatoryAnalysis::PRESENCE_EMPTY);
  EXPECT_EQ(presence(5), v1::MandatoryAnalysis::PRESENCE_PRESENT);
  EXPECT_EQ(presence(6), v1::MandatoryAnalysis::PRESENCE_EMPTY);
  const v1::AnalysisSubject& years = list.analyses(1).subjects(0);
  EXPECT_EQ(years.code(), "IKU1");
  EXPECT_EQ(years.state(), v1::AnalysisSubject::STATE_LACKING);
  ASSERT_THAT(years.needs(), SizeIs(1));
  EXPECT_EQ(years.needs(0).kind(), v1::AnalysisNeed::KIND_EARLIER_PLAN);
  EXPECT_EQ(years.needs(0).year(), 2021);
  ASSERT_THAT(list.analyses(4).subjects(0).needs(), SizeIs(1));
  EXPECT_EQ(list.analyses(4).subjects(0).needs(0).kind(), v1::AnalysisNeed::KIND_FOLLOW_UP);
}

TEST_F(FormServiceTest, TellsAStateOfThePast) {
  AddYear(2023, "45");
  Read();
  const auto before = Get(Evaluation());
  AddStrategicPlan();
  Read();
  EXPECT_TRUE(Get(Evaluation())->evaluation().has_strategic_plan());

  v1::GetRenjaEvaluationRequest request = Evaluation();
  *request.mutable_as_of()->mutable_positions() = before->read();

  EXPECT_EQ(Get(request)->SerializeAsString(), before->SerializeAsString());
}

TEST_F(FormServiceTest, RefusesWhatItCannotTell) {
  Read();
  v1::GetRenjaEvaluationRequest request;
  request.set_name(absl::StrCat(kDinsos, "/scorecards/2023Q4"));
  EXPECT_THAT(Get(request).status(), HasField("name"));
  request.set_name(absl::StrCat(kDinsos, "/renjaEvaluations/2023"));
  const absl::Status no_quarter = Get(request).status();
  EXPECT_THAT(no_quarter, HasField("name"));
  EXPECT_THAT(std::string(no_quarter.message()), HasSubstr("{agency}/renjaEvaluations/2023Q4"));
  v1::GetMandatoryAnalysesRequest analyses = Analyses();
  analyses.mutable_as_of();
  EXPECT_THAT(Get(analyses).status(), HasField("as_of"));

  EXPECT_THAT(Get(Evaluation()).status(), StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
  EXPECT_THAT(Get(Analyses()).status(), StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
}

TEST_F(FormServiceTest, TellsNothingOfAYearThatCannotBeRead) {
  AddYear(2023, "45");
  planning::v1::PlanDocument bad = TestPlan();
  bad.set_revision(2);
  bad.mutable_annual_plan()
      ->mutable_objectives(0)
      ->mutable_indicators(0)
      ->mutable_target()
      ->set_value("ninety");
  logs_.Add(bad);
  Read();
  const absl::Status refused = Get(Evaluation()).status();
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "EVENT_NOT_READ"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("annualPlans/2023@2, position 2"));
  EXPECT_THAT(Get(Analyses()).status(),
              StatusIs(StatusCode::kFailedPrecondition, "EVENT_NOT_READ"));
}

TEST_F(FormServiceTest, WaitsForWhatTheCallerHasSeen) {
  AddYear(2023, "45");
  Read();
  v1::GetRenjaEvaluationRequest request = Evaluation();
  request.mutable_at_least()->set_planning(logs_.End(Source::kPlanning) + 1);
  EXPECT_THAT(Get(request, absl::Milliseconds(300)).status(),
              StatusIs(StatusCode::kDeadlineExceeded, "SCORING_BEHIND"));
}

}  // namespace
}  // namespace sakip::scoring
