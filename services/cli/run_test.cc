#include "services/cli/run.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// A full disk: takes nothing.
class FullDisk : public std::streambuf {};

constexpr char kSubmission[] = R"(name: regions/35.09/agencies/dinsos/submissions/2023Q4
coverage: year_to_date
indicators:
  - indicator_code: IKU1
    percentage: 80
)";

constexpr char kPlan[] = R"(name: regions/35.09/agencies/dinsos/annualPlans/2023
effective_date: 2023-01-01
annual_plan: {year: 2023}
)";

TEST_F(RunTest, PrintsTheScorecardAsJson) {
  auto& card = *scoring_.GetScorecard_.response.mutable_scorecard();
  card.set_name(std::string(kDinsos) + "/scorecards/2023Q4");
  card.mutable_achievement()->set_rating("AA");

  const Outcome first = RunScorecard({"--output", "json"});
  const Outcome second = RunScorecard({"--output", "json"});

  EXPECT_EQ(first.code, 0);
  EXPECT_EQ(first.err, "");
  EXPECT_THAT(first.out, AllOf(StartsWith("{\n"), EndsWith("}\n")));
  EXPECT_EQ(first.out, second.out);
  EXPECT_THAT(first.out, HasSubstr("\"met\": false"));  // Primitive fields are there also if unset.
  scoring::v1::Scorecard read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(first.out, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), card.SerializeAsString());
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(0).name(), card.name());
}

TEST_F(RunTest, AsksForScorecardsThatHaveSeenBothLogs) {
  planning_log_.GetHead_.response.set_end_position(7);
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(RunScorecard().code, 0);
  EXPECT_EQ(RunScorecard({"--no-fresh"}).code, 0);

  const auto& requests = scoring_.GetScorecard_.requests;
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].at_least().planning(), 7u);
  EXPECT_EQ(requests[0].at_least().realization(), 9u);
  EXPECT_FALSE(requests[1].has_at_least() && requests[1].at_least().planning() > 0);
}

TEST_F(RunTest, WarnsAndGoesOnWhereALogCannotBeAsked) {
  realization_log_.GetHead_.response.set_end_position(9);

  const Outcome outcome = RunScorecard({"--planning", kNobody});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("sakipctl: warning: cannot ask planning at 127.0.0.1:1"));
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(0).at_least().planning(), 0u);
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(0).at_least().realization(), 9u);
}

TEST_F(RunTest, ListsScorecardsOfAllPages) {
  scoring_.ListScorecards_.response.add_scorecards()->set_name(std::string(kDinsos) +
                                                               "/scorecards/2023Q4");
  scoring_.ListScorecards_.response.set_next_page_token("t");

  const Outcome outcome = Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4"});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr(kDinsos));
  // The fake sends the same token for ever; the second page is the last that is asked for.
  EXPECT_EQ(scoring_.ListScorecards_.requests.size(), 2u);
  EXPECT_EQ(scoring_.ListScorecards_.requests[1].page_token(), "t");
}

TEST_F(RunTest, SubmitsTheSameFileAsTheSameRequest) {
  const std::string file = Write("q4.yaml", kSubmission);
  realization_.SubmitQuarter_.response.mutable_submission()->set_name("s");
  realization_.SubmitQuarter_.response.mutable_receipt()->set_position(12);

  const Outcome outcome = Run({"submit", file});
  Run({"submit", Write("again.yaml", std::string("# a remark\n") + kSubmission)});
  Run({"submit", "--request-id", "mine", file});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "submitted s at position 12 of realization's log, -\n");
  const auto& requests = realization_.SubmitQuarter_.requests;
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_THAT(requests[0].request_id(), StartsWith("sha256-"));
  EXPECT_EQ(requests[0].request_id(), requests[1].request_id());
  EXPECT_EQ(requests[2].request_id(), "mine");
  EXPECT_EQ(requests[0].expected_revision(), 0u);
}

TEST_F(RunTest, SendsTheRevisionOfTheFileAsTheOneBefore) {
  Run({"submit", Write("q4.yaml", std::string("revision: 3\n") + kSubmission)});

  ASSERT_EQ(realization_.SubmitQuarter_.requests.size(), 1u);
  EXPECT_EQ(realization_.SubmitQuarter_.requests[0].expected_revision(), 2u);
  EXPECT_EQ(realization_.SubmitQuarter_.requests[0].submission().revision(), 0u);
}

TEST_F(RunTest, ShowsWrongFieldsWhereTheyStandInTheFile) {
  FieldErrors errors;
  errors.Add("submission.indicators[0].percentage", "is more than 100\x1b[2J");
  errors.Add("submission.reason", "is empty");
  realization_.SubmitQuarter_.error = errors.ToStatus();
  const std::string file = Write("q4.yaml", kSubmission);

  const Outcome outcome = Run({"submit", file});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "sakipctl: submit " + file + ": INVALID_ARGUMENT INVALID_FIELD\n  " +
                             file + ":5:5: indicators[0].percentage: is more than 100�[2J\n  " +
                             file + ": reason: is empty\n  not submitted: " + file + "\n");
}

TEST_F(RunTest, StopsPublishingAtTheFirstFailureAndSaysWhatWasPublished) {
  const std::string a = Write("a.yaml", kPlan);
  const std::string b = Write("b.yaml", std::string("revision: 2\n") + kPlan);
  const std::string c = Write("c.yaml", std::string("revision: 3\n") + kPlan);
  planning_.PublishDocument_.errors = {absl::OkStatus()};
  planning_.PublishDocument_.error = MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                                               "it is at revision 4", {{"current_revision", "4"}});

  const Outcome outcome = Run({"plan", "publish", a, b, c});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(planning_.PublishDocument_.requests.size(), 2u);
  EXPECT_EQ(outcome.err, "sakipctl: plan publish " + b +
                             ": ABORTED REVISION_CONFLICT\n  it is at revision 4\n"
                             "  current_revision: 4\n  published: " +
                             a + "\n  not published: " + b + ", " + c + "\n");
}

TEST_F(RunTest, SendsNothingWhereOneFileIsBad) {
  const std::string good = Write("a.yaml", kPlan);
  const std::string bad = Write("b.yaml", "efective_date: x\nannual_plan: {year: 20x3}\n");

  const Outcome outcome = Run({"plan", "publish", good, bad, folder_ + "/none.yaml"});

  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(planning_.PublishDocument_.requests, IsEmpty());
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("sakipctl: plan publish: bad file; nothing was sent\n"),
                    HasSubstr("b.yaml:1:1: efective_date: is no field of PlanDocument; the nearest "
                              "is effective_date\n"),
                    HasSubstr("b.yaml:2:21: annual_plan.year: is `20x3`"),
                    HasSubstr("none.yaml: cannot be read")));
}

TEST_F(RunTest, TellsWhereAnAnswerNeverCame) {
  const std::string file = Write("q4.yaml", kSubmission);

  const Outcome outcome = Run({"submit", file, "--realization", kNobody, "--timeout", "2"});

  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, AllOf(StartsWith("sakipctl: submit " + file + ": UNAVAILABLE\n"),
                                 HasSubstr("unknown, safe to send again: " + file)));
}

TEST_F(RunTest, RegistersGetsAndListsAgencies) {
  auto& agency = *planning_.GetAgency_.response.mutable_agency();
  agency.set_name(kDinsos);
  agency.set_display_name("Dinas Sosial");
  *planning_.ListAgencies_.response.add_agencies() = agency;
  *planning_.RegisterAgency_.response.mutable_agency() = agency;
  const std::string file = Write("a.yaml", "name: x\ndisplay_name: y\n");

  EXPECT_THAT(Run({"agency", "register", file}).out, StartsWith("registered " + agency.name()));
  EXPECT_THAT(Run({"agency", "get", kDinsos}).out, HasSubstr("Dinas Sosial"));
  EXPECT_THAT(Run({"agency", "list"}).out, HasSubstr("Dinas Sosial"));
  EXPECT_EQ(planning_.ListAgencies_.requests.at(0).parent(), "regions/-");
  EXPECT_THAT(Run({"agency", "list", "regions/35", "--output", "json"}).out,
              HasSubstr("\"displayName\": \"Dinas Sosial\""));
}

TEST_F(RunTest, GetsPlansByRevisionOrByDateButNotByBoth) {
  planning_.GetDocument_.response.mutable_document()
      ->mutable_annual_plan()
      ->add_objectives()
      ->set_code("S1");

  EXPECT_THAT(Run({"plan", "get", "n", "--revision", "2"}).out, HasSubstr("S1"));
  EXPECT_EQ(Run({"plan", "get", "n", "--on", "2023-06-30"}).code, 0);
  EXPECT_EQ(Run({"plan", "get", "n", "--on", "2023-06-30", "--revision", "2"}).code, 2);
  EXPECT_EQ(planning_.GetDocument_.requests.at(0).revision(), 2u);
  EXPECT_EQ(planning_.GetDocument_.requests.at(1).in_force_on(), "2023-06-30");
}

TEST_F(RunTest, ReadsRevisionsSubmissionsAndPolicies) {
  planning_.ListDocumentRevisions_.response.add_documents()->set_name("doc");
  realization_.GetSubmission_.response.mutable_submission()->add_indicators()->set_quantity("1234");
  realization_.ListSubmissions_.response.add_submissions()->set_revision(77);
  scoring_.GetPolicy_.response.mutable_policy()->mutable_rating_scale()->add_bands()->set_lower(
      "90");
  scoring_.ListPolicies_.response.add_policies()->set_name("policies/p");

  EXPECT_THAT(Run({"plan", "revisions", kDinsos}).out, HasSubstr("doc"));
  EXPECT_THAT(Run({"submission", "get", "s", "--revision", "2"}).out, HasSubstr("1.234"));
  EXPECT_THAT(Run({"submission", "list", "regions/35", "--year", "2023"}).out, HasSubstr("77"));
  EXPECT_EQ(realization_.ListSubmissions_.requests.at(0).year(), 2023);
  EXPECT_THAT(Run({"policy", "get", "p"}).out, HasSubstr("> 90"));
  EXPECT_THAT(Run({"policy", "list"}).out, HasSubstr("policies/p"));
}

TEST_F(RunTest, SaysThatTheServerRefused) {
  planning_.GetAgency_.error =
      MakeError(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND", "nothing has this name");

  const Outcome outcome = Run({"agency", "get", "x"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "sakipctl: agency get x: NOT_FOUND AGENCY_NOT_FOUND\n  nothing has this name\n");
}

TEST_F(RunTest, TellsStatusAndLag) {
  planning_log_.GetHead_.response.set_end_position(7);
  realization_log_.GetHead_.response.set_end_position(9);
  scoring_.GetProgress_.response.mutable_read()->set_planning(7);
  scoring_.GetProgress_.response.mutable_read()->set_realization(4);

  const Outcome outcome = Run({"status"});
  const auto json = nlohmann::json::parse(Run({"status", "--output", "json"}).out);

  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("yet to read 0 records of planning and 5 of realization"));
  EXPECT_EQ(json.at("lag").at("realization"), 5);
  EXPECT_EQ(json.at("services").at(0).at("up"), true);
}

TEST_F(RunTest, StatusFailsWhereAServiceIsDownOrDoesNotServe) {
  const Outcome down = Run({"status", "--scoring", kNobody, "--timeout", "2"});
  planning_server_.SetServing(false);
  const Outcome draining = Run({"status"});

  EXPECT_EQ(down.code, 3);
  EXPECT_THAT(down.out, HasSubstr("unreachable"));
  EXPECT_EQ(draining.code, 3);
  EXPECT_THAT(draining.out, HasSubstr("not serving"));
}

TEST_F(RunTest, FlagsGoBeforeTheEnvironmentAndStandOnEitherSide) {
  planning_.GetAgency_.response.mutable_agency()->set_name("n");
  variables_["SAKIP_PLANNING"] = kNobody;
  variables_["SAKIP_IDENTITY"] = "subject=env";
  const std::string& address = planning_server_.address();

  EXPECT_EQ(Run({"--planning", address, "agency", "get", "x"}).code, 0);
  EXPECT_EQ(planning_.GetAgency_.identity, "subject=env");
  EXPECT_EQ(Run({"agency", "get", "x", "--planning", address, "--identity", "subject=me"}).code, 0);
  EXPECT_EQ(planning_.GetAgency_.identity, "subject=me");
}

TEST_F(RunTest, ColoursOnlyTerminalsThatWantIt) {
  auto& achievement = *scoring_.GetScorecard_.response.mutable_scorecard()->mutable_achievement();
  achievement.set_rating("AA");

  EXPECT_THAT(RunScorecard().out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(RunScorecard({"--color", "always"}).out, HasSubstr("\x1b"));
  terminal_ = true;
  EXPECT_THAT(RunScorecard().out, HasSubstr("\x1b"));
  EXPECT_THAT(RunScorecard({"--color", "never"}).out, Not(HasSubstr("\x1b")));
  variables_["NO_COLOR"] = "1";
  EXPECT_THAT(RunScorecard().out, Not(HasSubstr("\x1b")));
}

TEST_F(RunTest, RefusesWrongArguments) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"bogus"},
      {"plan"},
      {"scorecard", kDinsos},
      {"scorecard", kDinsos, "--year", "2023", "--quarter", "5"},
      {"scorecard", "dinsos", "--year", "2023", "--quarter", "4"},
      {"agency", "get", "x", "--output", "xml"},
      {"agency", "get", "x", "--timeout", "0"},
      {"agency", "get", "x", "--identity", "a\nb"},
      {"agency", "get", "x", "--planning", "0.0.0.0.0:x"},
      {"log", "read", "--service", "scoring"},
      {"submit", "a.yaml", "b.yaml", "--request-id", "x"}};
  for (const auto& args : wrong) {
    const Outcome outcome = Run(args);
    EXPECT_EQ(outcome.code, 2) << ::testing::PrintToString(args);
    EXPECT_EQ(outcome.out, "") << ::testing::PrintToString(args);
    EXPECT_THAT(outcome.err, StartsWith("sakipctl: ")) << ::testing::PrintToString(args);
  }
}

TEST_F(RunTest, HelpsWithAnExampleForEveryCommand) {
  const std::vector<std::vector<std::string>> commands = {{},
                                                          {"agency", "register"},
                                                          {"agency", "get"},
                                                          {"agency", "list"},
                                                          {"plan", "publish"},
                                                          {"plan", "get"},
                                                          {"plan", "revisions"},
                                                          {"submit"},
                                                          {"submission", "get"},
                                                          {"submission", "list"},
                                                          {"scorecard"},
                                                          {"scorecards"},
                                                          {"log", "read"},
                                                          {"log", "follow"},
                                                          {"policy", "list"},
                                                          {"policy", "get"},
                                                          {"status"}};
  for (std::vector<std::string> args : commands) {
    args.push_back("--help");
    const Outcome outcome = Run(args);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\n  sakipctl ")) << ::testing::PrintToString(args);
  }
  EXPECT_THAT(Run({"--version"}).out, StartsWith("sakipctl "));
}

TEST_F(RunTest, SaysThatTheOutputCannotBeWritten) {
  FullDisk full;
  std::ostream out(&full);
  std::ostringstream err;

  const int code = cli::Run({"policy", "list"}, out, err, MakeEnvironment());

  EXPECT_EQ(code, 2);
  EXPECT_THAT(err.str(), HasSubstr("the output cannot be written"));
}

}  // namespace
}  // namespace sakip::cli
