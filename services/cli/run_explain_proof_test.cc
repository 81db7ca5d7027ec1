// Proving what an explanation rests on, against logs and a scoring that may lie.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/eventlog/payload.h"
#include "sakip/planning/v1/events.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/cli/testing_log.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using eventlog::TestHistory;
using scoring::v1::EventSource;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// IKU2 promised 90.2 % in record 2 of planning, and had 90 % in record 1 of realization.
class RunExplainProofTest : public RunTest {
 protected:
  RunExplainProofTest() {
    planning_history_.signed_size = Fill(planning_history_.history, 2, Plan());
    realization_history_.signed_size = Fill(realization_history_.history, 1, Quarter("90"));
    variables_["SAKIP_PLANNING"] = planning_log_server_.address();
    variables_["SAKIP_REALIZATION"] = realization_log_server_.address();
    auto& response = explain_.ExplainFigure_.response;
    auto& root = *response.mutable_explanation();
    root.add_texts()->set_text("Capaian tahun indikator IKU2: 99,78 %");
    target_ = Add(root, EventSource::LOG_PLANNING, 2, Name("annualPlans/2023"), "90.2");
    target_->set_path("indicators[IKU2].target");
    realization_ = Add(root, EventSource::LOG_REALIZATION, 1, Name("submissions/2023Q4"), "90");
    realization_->set_path("indicators[IKU2]");
  }

  static std::string Name(const std::string& of) { return std::string(kDinsos) + "/" + of; }

  static EventSource* Add(scoring::v1::Explanation& root, EventSource::Log log, uint64_t position,
                          const std::string& name, const std::string& value) {
    auto& step = *root.add_steps();
    step.add_texts()->set_text("masukan " + value);
    EventSource& source = *step.add_sources();
    source.set_log(log);
    source.set_log_position(position);
    source.set_name(name);
    source.set_revision(1);
    source.set_value(value);
    source.set_unit("%");
    return &source;
  }

  static eventlog::NewEvent Plan() {
    planning::v1::DocumentPublished event;
    auto& document = *event.mutable_document();
    document.set_name(Name("annualPlans/2023"));
    document.set_revision(1);
    auto& indicator = *document.mutable_annual_plan()->add_objectives()->add_indicators();
    indicator.set_code("IKU2");
    indicator.mutable_target()->set_value("90.2");
    indicator.mutable_target()->set_unit("%");
    return eventlog::MakeEvent(event);
  }

  static eventlog::NewEvent Quarter(const std::string& percentage) {
    realization::v1::QuarterSubmitted event;
    event.mutable_submission()->set_name(Name("submissions/2023Q4"));
    event.mutable_submission()->set_revision(1);
    auto& line = *event.mutable_submission()->add_indicators();
    line.set_indicator_code("IKU2");
    line.set_percentage(percentage);
    return eventlog::MakeEvent(event);
  }

  // The event at `position`, among others; returns how many there are.
  static uint64_t Fill(TestHistory& history, int position, eventlog::NewEvent event) {
    history.Grow(position);
    history.Append(1, std::move(event));
    history.Grow(4);
    return history.size();
  }

  Outcome Prove(std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"explain", kDinsos,     "IKU2", "--year",
                                     "2023",    "--quarter", "4",    "--prove"};
    for (const HistoryService* log : {&planning_history_, &realization_history_}) {
      args.insert(args.end(), {"--trusted-key", log->history.signer().verifier().vkey()});
    }
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }

  void ExpectRefused(const std::string& why) {
    const Outcome outcome = Prove();
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("TIDAK TERBUKTI"), HasSubstr(why)));
    EXPECT_THAT(outcome.out, HasSubstr("1 dari 2 nilai terbukti"));
  }

  HistoryService planning_history_;
  HistoryService realization_history_;
  FakeServer planning_log_server_{{&planning_history_}};
  FakeServer realization_log_server_{{&realization_history_}};
  EventSource* target_;
  EventSource* realization_;
};

TEST_F(RunExplainProofTest, AsksTheLogsThemselves) {
  const Outcome outcome = Prove();

  ASSERT_EQ(outcome.code, 0) << outcome.err << outcome.out;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("terbukti: log planning, posisi 2\n"),
                                 HasSubstr("terbukti: log realization, posisi 1\n"),
                                 HasSubstr("2 dari 2 nilai terbukti\n"), Not(HasSubstr("TIDAK"))));
  EXPECT_THAT(outcome.out, HasSubstr("signed by sakip.test/log: 7 records"));
  const Outcome english = Prove({"--lang", "en"});
  EXPECT_EQ(english.code, 0);
  EXPECT_THAT(english.out, HasSubstr("2 of 2 values are proved\n"));
}

TEST_F(RunExplainProofTest, CatchesAScoringThatShowsAnotherValue) {
  realization_->set_value("95");
  ExpectRefused("the event has '90' there, not '95'");
}

TEST_F(RunExplainProofTest, CatchesAScoringThatNamesAnotherEvent) {
  target_->set_log_position(1);
  ExpectRefused("which has no such value");
  target_->set_log_position(2);
  target_->set_revision(7);
  ExpectRefused("revision 1");
  target_->set_revision(1);
  target_->set_path("indicators[IKU2].weight");
  ExpectRefused("the event has '' there");
  target_->set_path("indicators[IKU2].unheard");
  ExpectRefused("0 things at unheard");
  target_->set_log_position(1000);
  ExpectRefused("planning, posisi 1000");
}

TEST_F(RunExplainProofTest, CatchesALogThatServesAnotherEventThanItSigned) {
  realization_history_.change_record = [](eventlog::v1::StoredRecord& stored) {
    eventlog::v1::Record record;
    ASSERT_TRUE(record.ParseFromString(stored.record()));
    if (record.position() == 1) record.set_payload(Quarter("95").payload);
    stored.set_record(record.SerializeAsString());
  };
  realization_->set_value("95");
  ExpectRefused("the proof does not lead from the record to the root");
}

TEST_F(RunExplainProofTest, TrustsNoOtherKey) {
  const std::string planning_key = planning_history_.history.signer().verifier().vkey();
  const Outcome outcome = Run({"explain", kDinsos, "IKU2", "--year", "2023", "--quarter", "4",
                               "--prove", "--trusted-key", planning_key});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("\n      terbukti: log planning"),
                                 HasSubstr("TIDAK TERBUKTI: log realization")));
}

// The event is in the log, and was in none that anybody saw before.
TEST_F(RunExplainProofTest, CatchesAForkByACheckpointKeptFromBefore) {
  TestHistory before(realization_history_.history.signer());
  Fill(before, 1, Quarter("80"));
  planning_history_.history.set_signer(eventlog::TestSigner("sakip.test/planning"));
  const std::string kept = Write("last.note", before.SignedNoteAt(before.size()));

  const Outcome outcome = Prove({"--checkpoint", kept});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("terbukti: log planning, posisi 2\n"),
                                 HasSubstr("TIDAK TERBUKTI: log realization")));
  const std::string own = Write("own.note", realization_history_.history.SignedNoteAt(3));
  EXPECT_EQ(Prove({"--checkpoint", own}).code, 0);
}

TEST_F(RunExplainProofTest, LeavesOutWhatIsInNoLog) {
  target_->set_log(EventSource::LOG_UNSPECIFIED);
  EXPECT_THAT(Prove().out, HasSubstr("1 dari 1 nilai terbukti"));
}

}  // namespace
}  // namespace sakip::cli
