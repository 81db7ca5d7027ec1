// Asks for explanations over gRPC as a client does; the test applies the records that followers
// would.
#include "services/scoring/rpc/explain_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/policy/policy.h"
#include "common/policy/proto/policy_proto.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

class ExplainServiceTest : public ::testing::Test {
 protected:
  ExplainServiceTest() {
    logs_.AddAgency();
    logs_.Add(TestPlan());
    logs_.Add(TestSubmission());
  }

  static v1::ExplainFigureRequest Of(v1::FigureKey::Level level, const std::string& code,
                                     v1::FigureKey::Kind kind = v1::FigureKey::KIND_ACHIEVEMENT) {
    v1::ExplainFigureRequest request;
    request.set_name(CardOf(kDinsos));
    request.mutable_figure()->set_level(level);
    request.mutable_figure()->set_code(code);
    request.mutable_figure()->set_kind(kind);
    return request;
  }
  static v1::ExplainFigureRequest OfIku1() { return Of(v1::FigureKey::LEVEL_INDICATOR, "IKU1"); }

  // The wrong field of what `change` makes of a right request.
  template <typename Change>
  absl::Status Wrong(Change change) {
    v1::ExplainFigureRequest request = OfIku1();
    change(request);
    return scoring_.Explain(request).status();
  }

  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(ExplainServiceTest, TellsWhereEachNumberStands) {
  scoring_.Read(logs_);

  const auto response = scoring_.Explain(OfIku1());

  ASSERT_THAT(response, IsOk());
  const v1::Explanation& iku1 = response->explanation();
  EXPECT_EQ(iku1.figure().exact(), "45000/451");
  EXPECT_EQ(iku1.display_name(), "Persentase PSKS yang Berdaya");
  ASSERT_GE(iku1.steps_size(), 5);
  const v1::EventSource& target = iku1.steps(0).sources(0);
  EXPECT_EQ(target.log(), v1::EventSource::LOG_PLANNING);
  EXPECT_EQ(target.log_position(), 1);
  EXPECT_EQ(target.name(), absl::StrCat(kDinsos, "/annualPlans/2023"));
  EXPECT_EQ(target.revision(), 1);
  EXPECT_EQ(target.path(), "indicators[IKU1].target");
  EXPECT_EQ(target.value(), "90.2");
  EXPECT_EQ(target.unit(), "%");
  EXPECT_EQ(iku1.steps(1).sources(0).log(), v1::EventSource::LOG_REALIZATION);
  EXPECT_EQ(iku1.steps(1).sources(0).log_position(), 0);
  EXPECT_EQ(response->read().planning(), 2);
  EXPECT_EQ(response->read().realization(), 1);
}

TEST_F(ExplainServiceTest, TellsItInTheLanguagesAskedFor) {
  scoring_.Read(logs_);
  v1::ExplainFigureRequest request = OfIku1();

  const auto indonesian = scoring_.Explain(request);
  request.add_languages(v1::LANGUAGE_ENGLISH);
  request.add_languages(v1::LANGUAGE_INDONESIAN);
  const auto both = scoring_.Explain(request);

  ASSERT_THAT(indonesian, IsOk());
  ASSERT_EQ(indonesian->explanation().texts_size(), 1);
  EXPECT_THAT(indonesian->explanation().texts(0).text(), HasSubstr("Capaian tahun indikator IKU1"));
  ASSERT_THAT(both, IsOk());
  const v1::ExplainedStep& target = both->explanation().steps(0);
  ASSERT_EQ(target.texts_size(), 2);
  EXPECT_EQ(target.texts(0).language(), v1::LANGUAGE_ENGLISH);
  EXPECT_THAT(target.texts(0).text(), HasSubstr("Target: 90.2 % from"));
  EXPECT_THAT(target.texts(1).text(), HasSubstr("Target: 90,2 % menurut"));
}

// The steps are those of the scorecard: one computation, told twice.
TEST_F(ExplainServiceTest, TellsTheStepsOfTheScorecard) {
  scoring_.Read(logs_);

  const auto response = scoring_.Explain(OfIku1());
  const auto card = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  ASSERT_THAT(card, IsOk());
  const auto& steps =
      card->scorecard().objectives(0).indicators(0).year().achievement().derivation();
  ASSERT_EQ(response->explanation().steps_size(), steps.size());
  for (int i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(response->explanation().steps(i).expression(), steps[i].expression());
    EXPECT_EQ(response->explanation().steps(i).result(), steps[i].result());
  }
}

TEST_F(ExplainServiceTest, LeavesOutWhatIsTooDeep) {
  scoring_.Read(logs_);
  v1::ExplainFigureRequest request = Of(v1::FigureKey::LEVEL_AGENCY, "");
  request.set_max_depth(1);

  const auto response = scoring_.Explain(request);

  ASSERT_THAT(response, IsOk());
  const v1::Explanation& objective = response->explanation().children(0);
  EXPECT_EQ(objective.key().code(), "S1");
  EXPECT_FALSE(objective.left_out());
  const v1::Explanation& named = objective.children(0);
  EXPECT_TRUE(named.left_out());
  EXPECT_EQ(named.key().level(), v1::FigureKey::LEVEL_INDICATOR);
  EXPECT_EQ(named.key().code(), "IKU1");
  EXPECT_EQ(named.figure().value(), "99.78");
  v1::ExplainFigureRequest again = request;
  *again.mutable_figure() = named.key();
  EXPECT_THAT(scoring_.Explain(again), IsOk()) << "what is named can be asked for";
}

TEST_F(ExplainServiceTest, TellsAStateOfThePastAgain) {
  scoring_.Read(logs_);
  const auto before = scoring_.Explain(OfIku1());
  ASSERT_THAT(before, IsOk());
  realization::v1::Submission corrected = TestSubmission();
  corrected.set_revision(2);
  corrected.mutable_indicators(0)->mutable_ratio()->set_numerator("91");
  logs_.Add(corrected);
  scoring_.Read(logs_);
  v1::ExplainFigureRequest request = OfIku1();
  *request.mutable_as_of()->mutable_positions() = before->read();

  const auto again = scoring_.Explain(request);

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), before->SerializeAsString());
}

TEST_F(ExplainServiceTest, NamesTheEventOfARegionsPolicy) {
  types::v1::ScoringPolicy policy = policy::ToProto(policy::DefaultPolicy());
  policy.set_name("regions/35.09/scoringPolicies/1");
  policy.set_first_year(2023);
  planning::v1::PlanEvent event;
  *event.mutable_scoring_policy_published()->mutable_scoring_policy() = policy;
  event.mutable_scoring_policy_published()->mutable_scoring_policy()->set_log_position(
      logs_.End(Source::kPlanning));
  logs_.AddEvent(event);
  scoring_.Read(logs_);

  const auto response =
      scoring_.Explain(Of(v1::FigureKey::LEVEL_INDICATOR, "IKU1", v1::FigureKey::KIND_RATING));

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->explanation().rating(), "AA");
  const v1::EventSource& bound = response->explanation().steps(0).sources(0);
  EXPECT_EQ(bound.log(), v1::EventSource::LOG_PLANNING);
  EXPECT_EQ(bound.log_position(), 2);
  EXPECT_EQ(bound.name(), "regions/35.09/scoringPolicies/1");
  EXPECT_EQ(bound.path(), "rating_scale.bands[AA].lower");
  EXPECT_EQ(bound.value(), "90");
  v1::ExplainFigureRequest other = OfIku1();
  other.set_policy("policies/permenpanrb-88-2021/versions/1");
  EXPECT_THAT(scoring_.Explain(other), IsOk());
  other.set_policy("policies/none/versions/1");
  EXPECT_THAT(scoring_.Explain(other), StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));
}

TEST_F(ExplainServiceTest, RefusesWhatIsNoFigure) {
  scoring_.Read(logs_);
  EXPECT_THAT(Wrong([](auto& r) { r.set_name(kDinsos); }), HasField("name"));
  EXPECT_THAT(Wrong([](auto& r) { r.clear_figure(); }), HasField("figure.level"));
  EXPECT_THAT(Wrong([](auto& r) { r.mutable_figure()->clear_kind(); }), HasField("figure.kind"));
  EXPECT_THAT(Wrong([](auto& r) { r.mutable_figure()->clear_code(); }), HasField("figure.code"));
  EXPECT_THAT(Wrong([](auto& r) { r.mutable_figure()->set_code("IKU9"); }),
              HasField("figure.code"));
  EXPECT_THAT(Wrong([](auto& r) { r.mutable_figure()->set_level(v1::FigureKey::LEVEL_AGENCY); }),
              HasField("figure.code"));
  EXPECT_THAT(Wrong([](auto& r) { r.mutable_figure()->set_kind(v1::FigureKey::KIND_ABSORPTION); }),
              HasField("figure.kind"));
  EXPECT_THAT(Wrong([](auto& r) { r.set_max_depth(-1); }), HasField("max_depth"));
  EXPECT_THAT(Wrong([](auto& r) { r.add_languages(v1::LANGUAGE_UNSPECIFIED); }),
              HasField("languages[0]"));
  EXPECT_THAT(Wrong([](auto& r) {
                r.add_languages(v1::LANGUAGE_ENGLISH);
                r.add_languages(v1::LANGUAGE_ENGLISH);
              }),
              HasField("languages[1]"));
  EXPECT_THAT(Wrong([](auto& r) { r.set_name(CardOf(kDinsos, "2024Q4")); }),
              StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
  EXPECT_THAT(scoring_.Explain(OfIku1(), "subject=x;roles=auditor;scopes=regions/35.10"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

TEST_F(ExplainServiceTest, ExplainsNothingThatCannotBeRead) {
  logs_.AddEvent(eventlog::NewEvent{"sakip.realization.v1.QuarterSubmitted", "\xff"});
  scoring_.Read(logs_);

  EXPECT_THAT(scoring_.Explain(OfIku1()),
              StatusIs(StatusCode::kFailedPrecondition, "EVENT_NOT_READ"));
}

TEST_F(ExplainServiceTest, ExplainsWhatALaterQuarterThatCannotBeReadDoesNotChange) {
  realization::v1::Submission wrong = TestSubmission();
  wrong.set_revision(2);
  wrong.mutable_budgets(0)->set_realized("a lot");
  logs_.Add(wrong);
  scoring_.Read(logs_);

  v1::ExplainFigureRequest request = OfIku1();
  EXPECT_THAT(scoring_.Explain(request),
              StatusIs(StatusCode::kFailedPrecondition, "EVENT_NOT_READ"));
  request.set_name(CardOf(kDinsos, "2023Q3"));
  EXPECT_THAT(scoring_.Explain(request), IsOk());
}

}  // namespace
}  // namespace sakip::scoring
