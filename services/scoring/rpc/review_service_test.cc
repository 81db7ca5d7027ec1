// Calls the review over gRPC as a client does; the test applies the records that followers would.
#include "services/scoring/rpc/review_service.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/message/digest.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/status_matchers.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/rpc/report_from_proto.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Stub = v1::ReviewService::Stub;

// The review over a view of its own.
class ReviewServiceTest : public ::testing::Test {
 protected:
  ReviewServiceTest() {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::ReviewService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<ReviewService>(*gate_, projection_, progress_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::ReviewService::NewStub(rpc::MakeChannel({.target = server_->address()}).value());
  }

  // IKU1 has 90 of 90.2 %, SK1.1 66 of 60 orang.
  void AddDinsos() {
    TestLogs logs;
    logs.AddAgency();
    logs.Add(TestPlan());
    logs.Add(TestSubmission());
    logs.ApplyTo(projection_);
    for (const Source source : {Source::kPlanning, Source::kRealization}) {
      progress_.Advance(source, logs.End(source));
    }
  }

  absl::StatusOr<v1::ReviewReportResponse> Review(const v1::ReviewReportRequest& request) {
    return rpc::CallNow(*stub_, &Stub::ReviewReport, request);
  }

  views::MemoryViewStore store_;
  Projection projection_{store_};
  Progress progress_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<ReviewService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

// A table with the columns `target`, `realization` and `achievement`, which is their quotient.
v1::ReviewReportRequest OwnTable(const std::string& achievement) {
  v1::ReviewReportRequest request;
  request.set_scorecard(absl::StrCat(kDinsos, "/scorecards/2023Q4"));
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "Tabel 3.6"
        columns { name: "target" format: NUMBER_FORMAT_INDONESIAN }
        columns { name: "realization" format: NUMBER_FORMAT_INDONESIAN }
        columns {
          name: "achievement"
          format: NUMBER_FORMAT_DECIMAL_POINT
          unit: "%"
          claims {
            quotient {
              dividend { cell { column: "realization" } }
              divisor { cell { column: "target" } }
              against_target: true
            }
          }
        }
        figures { row: "SK1.1" column: "target" printed: "1.500 orang" }
        figures { row: "SK1.1" column: "realization" printed: "1.481 orang" }
        figures { row: "SK1.1" column: "achievement" place: "l.818" }
      )pb",
      request.add_tables()));
  request.mutable_tables(0)->mutable_figures(2)->set_printed(achievement);
  return request;
}

// One figure of `row` that claims to be the achievement of the scorecard.
v1::ReviewReportRequest OfScorecard(const std::string& row, const std::string& printed) {
  v1::ReviewReportRequest request;
  request.set_scorecard(absl::StrCat(kDinsos, "/scorecards/2023Q4"));
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "Tabel 3.1"
        columns {
          name: "achievement"
          format: NUMBER_FORMAT_DECIMAL_POINT
          claims { equals { scorecard { value: VALUE_ACHIEVEMENT } } }
        }
        figures { column: "achievement" }
      )pb",
      request.add_tables()));
  request.mutable_tables(0)->mutable_figures(0)->set_row(row);
  request.mutable_tables(0)->mutable_figures(0)->set_printed(printed);
  return request;
}

TEST_F(ReviewServiceTest, ComputesAReportFromItsOwnCells) {
  const auto response = Review(OwnTable("98 %"));

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->figure_count(), 3);
  EXPECT_EQ(response->claim_count(), 1);
  ASSERT_EQ(response->differences_size(), 1);
  const v1::ReportDifference& difference = response->differences(0);
  EXPECT_EQ(difference.finding().code(), "PRINTED_TRUNCATED");
  EXPECT_EQ(difference.finding().severity(), types::v1::Finding::SEVERITY_WARNING);
  EXPECT_THAT(difference.finding().message_id(), HasSubstr("dipotong"));
  EXPECT_EQ(difference.table(), "Tabel 3.6");
  EXPECT_EQ(difference.row(), "SK1.1");
  EXPECT_EQ(difference.column(), "achievement");
  EXPECT_EQ(difference.place(), "l.818");
  EXPECT_EQ(difference.printed(), "98 %");
  EXPECT_EQ(difference.printed_value(), "98");
  EXPECT_EQ(difference.computed_exact(), "1481/15");
  EXPECT_EQ(difference.computed_digits(), "98.733333333333");
  EXPECT_EQ(difference.rounded(), "99");
  EXPECT_EQ(difference.truncated(), "98");
  EXPECT_EQ(difference.unit(), "%");
  ASSERT_EQ(difference.derivation_size(), 5);
  EXPECT_EQ(difference.derivation(2).expression(), "1481 / 1500 x 100");
  EXPECT_EQ(difference.derivation(2).kind(), v1::DerivationStep::KIND_FORMULA);
}

TEST_F(ReviewServiceTest, FindsNothingWhereAllIsRight) {
  const auto response = Review(OwnTable("98.73 %"));

  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(response->differences(), IsEmpty());
}

TEST_F(ReviewServiceTest, ComparesWithTheScorecard) {
  AddDinsos();

  const auto response = Review(OfScorecard("IKU1", "100 %"));

  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->differences_size(), 1);
  const v1::ReportDifference& difference = response->differences(0);
  EXPECT_EQ(difference.finding().code(), "PRINTED_ROUNDING_HIDES_MISS");
  EXPECT_EQ(difference.computed_exact(), "45000/451");
  EXPECT_EQ(difference.finding().figures(1).location(),
            absl::StrCat(kDinsos, "/scorecards/2023Q4 IKU1.achievement"));
  EXPECT_THAT(Review(OfScorecard("IKU1", "99.78"))->differences(), IsEmpty());
}

TEST_F(ReviewServiceTest, GivesTheSameBytesAgain) {
  AddDinsos();

  const auto first = Review(OfScorecard("IKU1", "100 %"));
  const auto again = Review(OfScorecard("IKU1", "100 %"));

  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(DeterministicBytes(*first), DeterministicBytes(*again));
}

TEST_F(ReviewServiceTest, ComparesWithTheScorecardAsItStood) {
  AddDinsos();
  v1::ReviewReportRequest request = OfScorecard("IKU1", "99.78");
  const auto latest = Review(request);
  ASSERT_THAT(latest, IsOk());
  EXPECT_THAT(latest->differences(), IsEmpty());
  *request.mutable_as_of()->mutable_positions() = latest->read();
  EXPECT_THAT(Review(request), IsOk());

  // Before the submission there is no achievement that the figure could repeat.
  request.mutable_as_of()->mutable_positions()->set_realization(0);

  const auto before = Review(request);

  ASSERT_THAT(before, IsOk());
  ASSERT_EQ(before->differences_size(), 1);
  request.mutable_as_of()->Clear();
  EXPECT_THAT(Review(request), HasField("as_of"));
}

TEST_F(ReviewServiceTest, NeedsAPlanOnlyWhereAClaimDoes) {
  EXPECT_THAT(Review(OfScorecard("IKU1", "100 %")),
              StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
  EXPECT_THAT(Review(OwnTable("98.73 %")), IsOk());
}

TEST_F(ReviewServiceTest, WaitsForWhatTheCallerHasWritten) {
  v1::ReviewReportRequest request = OwnTable("98 %");
  request.mutable_at_least()->set_planning(1);

  const auto response =
      rpc::CallNow(*stub_, &Stub::ReviewReport, request, "", absl::Milliseconds(500));

  EXPECT_THAT(response, StatusIs(StatusCode::kDeadlineExceeded));
}

// What would be computed from the rest of the facts is no scorecard to review against.
TEST_F(ReviewServiceTest, ComputesNothingFromAnEventThatCannotBeRead) {
  TestLogs logs;
  logs.AddAgency();
  planning::v1::PlanDocument plan = TestPlan();
  logs.Add(plan);
  plan.set_revision(2);
  plan.set_effective_date("no date");
  logs.Add(plan);
  logs.ApplyTo(projection_);
  progress_.Advance(Source::kPlanning, logs.End(Source::kPlanning));

  const absl::Status refused = Review(OfScorecard("IKU1", "1")).status();
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "EVENT_NOT_READ"));
  EXPECT_THAT(refused.message(), HasSubstr("annualPlans/2023@2, position 2"));
  EXPECT_THAT(Review(OwnTable("98 %")), IsOk());
}

TEST(ReportFromProto, FiguresShareTheClaimsOfTheirColumn) {
  v1::ReviewReportRequest request = OwnTable("98 %");
  v1::PrintedTable& table = *request.mutable_tables(0);
  v1::PrintedFigure other = table.figures(2);
  other.set_row("other");
  *table.add_figures() = other;
  const auto report = ReportFromProto(request.tables());
  ASSERT_THAT(report, IsOk());
  const auto& figures = report->tables[0].figures;
  EXPECT_FALSE(figures[2].claims->empty());
  EXPECT_EQ(figures[2].claims, figures[3].claims);
}

TEST_F(ReviewServiceTest, RefusesWhatIsIncomplete) {
  const auto refusal = [this](auto change) {
    v1::ReviewReportRequest request = OwnTable("98 %");
    change(request, *request.mutable_tables(0));
    return Review(request).status();
  };
  using Request = v1::ReviewReportRequest;
  using PrintedTable = v1::PrintedTable;

  EXPECT_THAT(refusal([](Request& r, PrintedTable&) {
                r.set_scorecard(absl::StrCat(kDinsos, "/scorecards/2023"));
              }),
              HasField("scorecard"));
  EXPECT_THAT(refusal([](Request& r, PrintedTable&) { r.clear_tables(); }), HasField("tables"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.clear_name(); }),
              HasField("tables[0].name"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.mutable_columns(0)->clear_format(); }),
              HasField("tables[0].columns[0].format"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.mutable_columns(1)->set_name("target"); }),
              HasField("tables[0].columns[1].name"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.mutable_figures(0)->set_column("x"); }),
              HasField("tables[0].figures[0].column"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.mutable_figures(1)->clear_row(); }),
              HasField("tables[0].figures[1].row"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) { t.mutable_figures(2)->set_printed("98,7"); }),
              HasField("tables[0].figures[2].printed"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                t.mutable_figures(0)->set_row(std::string(201, 'x'));
              }),
              HasField("tables[0].figures[0].row"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                t.mutable_columns(2)->mutable_claims(0)->clear_claim();
              }),
              HasField("tables[0].columns[2].claims[0]"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                t.mutable_columns(2)->mutable_claims(0)->mutable_quotient()->clear_divisor();
              }),
              HasField("tables[0].columns[2].claims[0].quotient.divisor"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                t.mutable_columns(2)->mutable_claims(0)->mutable_equals()->mutable_plan();
              }),
              HasField("tables[0].columns[2].claims[0].equals.plan.document"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                t.mutable_figures(2)->add_claims()->mutable_count()->set_relation(
                    v1::CountClaim::RELATION_ABOVE);
              }),
              HasField("tables[0].figures[2].claims[0].count.other_column"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                for (int i = 0; i < 6; ++i) t.mutable_columns(2)->add_claims()->mutable_mean();
              }),
              HasField("tables[0].columns[2].claims"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                auto* mean = t.mutable_columns(2)->mutable_claims(0)->mutable_mean();
                for (int i = 0; i <= 2'000; ++i) mean->add_rows("IKU1");
              }),
              HasField("tables[0].columns[2].claims[0].mean.rows"));
  EXPECT_THAT(refusal([](Request&, PrintedTable& t) {
                auto* sum = t.mutable_columns(2)->mutable_claims(0)->mutable_sum();
                for (int i = 0; i < 100; ++i) sum->add_add();
                for (auto& range : *sum->mutable_add()) {
                  for (int i = 0; i < 100; ++i) range.add_rows("IKU1");
                }
              }),
              HasField("tables[0].columns[2].claims[0].sum"));
  EXPECT_THAT(refusal([](Request& r, PrintedTable& t) {
                const v1::PrintedTable table = t;
                while (r.tables_size() <= 100) *r.add_tables() = table;
              }),
              HasField("tables"));
}

}  // namespace
}  // namespace sakip::scoring
