#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using realization::v1::Submission;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string kQuarter = absl::StrCat(kDinsos, "/submissions/2023Q4");

class RunQuarterTest : public RunTest {
 protected:
  RunQuarterTest() {
    realization_.GetSubmission_.response.mutable_submission()->set_content_digest("digest-2");
    realization::v1::Quarter& quarter = *realization_.GetQuarter_.response.mutable_quarter();
    quarter.set_name(kQuarter);
    quarter.set_state(Submission::STATE_APPROVED);
    quarter.set_revision(2);
    quarter.set_late(true);
    realization::v1::StepTaken& step = *quarter.add_history();
    step.set_step(realization::v1::STEP_RETURN);
    step.set_actor("inspektorat");
    step.set_log_position(12);
    step.set_revision(1);
    realization::v1::ReturnReason& reason = *step.add_reasons();
    reason.set_code("IKU1");
    reason.set_reason("Bukti tidak ada");
    realization::v1::NextStep& next = *quarter.add_next_steps();
    next.set_step(realization::v1::STEP_CLOSE);
    next.set_permission("realization.submissions.close");
  }
};

TEST_F(RunQuarterTest, BindsAVerificationToTheRevisionThatWasLookedAt) {
  auto& response = realization_.VerifySubmission_.response;
  response.mutable_submission()->set_revision(2);
  response.mutable_receipt()->set_position(13);
  realization::v1::NextStep& next = *response.add_next_steps();
  next.set_step(realization::v1::STEP_APPROVE);
  next.set_permitted(false);

  const Outcome outcome =
      Run({"submission", "verify", kQuarter, "--revision", "2", "--note", "Sesuai"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(realization_.GetSubmission_.requests.at(0).revision(), 2);
  const auto& request = realization_.VerifySubmission_.requests.at(0);
  EXPECT_EQ(request.name(), kQuarter);
  EXPECT_EQ(request.content_digest(), "digest-2");
  EXPECT_EQ(request.note(), "Sesuai");
  EXPECT_THAT(outcome.out, StartsWith("verified " + kQuarter + " revision 2 at position 13 of"));
  EXPECT_THAT(outcome.out, HasSubstr("Berikutnya   setujui (tanpa izin)\n"));
}

TEST_F(RunQuarterTest, TheSameStepIsAnotherRequestAfterAnotherStep) {
  EXPECT_EQ(Run({"quarter", "close", kQuarter}).code, 0);
  EXPECT_EQ(Run({"quarter", "close", kQuarter}).code, 0);
  realization_.GetQuarter_.response.mutable_quarter()->add_history()->set_log_position(20);
  EXPECT_EQ(Run({"quarter", "close", kQuarter}).code, 0);
  EXPECT_EQ(Run({"quarter", "close", kQuarter, "--request-id", "mine"}).code, 0);

  const auto& requests = realization_.CloseQuarter_.requests;
  EXPECT_THAT(requests.at(0).request_id(),
              AllOf(StartsWith("sha256-"), ::testing::EndsWith("-12")));
  EXPECT_EQ(requests.at(1).request_id(), requests.at(0).request_id());
  EXPECT_THAT(requests.at(2).request_id(), ::testing::EndsWith("-20"));
  EXPECT_EQ(requests.at(3).request_id(), "mine");
}

TEST_F(RunQuarterTest, ReturnsWithReasonsByLine) {
  const Outcome bad = Run({"submission", "return", kQuarter, "--revision", "2", "--line", "IKU1"});
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.err, HasSubstr("--line IKU1 is not CODE=REASON; nothing was sent"));
  EXPECT_THAT(realization_.ReturnSubmission_.requests, IsEmpty());

  const Outcome good = Run({"submission", "return", kQuarter, "--revision", "2", "--line",
                            "IKU1=Tidak = bukti", "--reason", "Lengkapi"});

  EXPECT_EQ(good.code, 0) << good.err;
  const auto& reasons = realization_.ReturnSubmission_.requests.at(0).reasons();
  EXPECT_EQ(reasons[0].code(), "");
  EXPECT_EQ(reasons[0].reason(), "Lengkapi");
  EXPECT_EQ(reasons[1].code(), "IKU1");
  EXPECT_EQ(reasons[1].reason(), "Tidak = bukti");
}

TEST_F(RunQuarterTest, OpensUntilATimeWithItsZone) {
  const Outcome bad = Run({"quarter", "open", kQuarter, "--due", "besok"});
  EXPECT_EQ(bad.code, 2);
  EXPECT_THAT(bad.err, HasSubstr("--due besok is no time such as"));

  EXPECT_EQ(Run({"quarter", "open", kQuarter, "--due", "1970-01-01T07:00:05+07:00"}).code, 0);
  EXPECT_EQ(realization_.OpenQuarter_.requests.at(0).due_time().seconds(), 5);
}

TEST_F(RunQuarterTest, SaysThatAStepIsNotAllowed) {
  realization_.ReopenQuarter_.error =
      MakeError(absl::StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED", "it is APPROVED",
                {{"state", "APPROVED"}});

  const Outcome outcome = Run({"quarter", "reopen", kQuarter, "--reason", "x"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "sakipctl: quarter reopen " + kQuarter +
                             ": FAILED_PRECONDITION STEP_NOT_ALLOWED\n  it is APPROVED\n"
                             "  state: APPROVED\n");
}

TEST_F(RunQuarterTest, ShowsWhereAQuarterStandsAndHowItCameThere) {
  const Outcome table = Run({"quarter", "show", kQuarter});

  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out,
              AllOf(HasSubstr("Status       disetujui\n"), HasSubstr("Revisi       2, terlambat\n"),
                    HasSubstr("Berikutnya   tutup (tanpa izin)\n"), HasSubstr("dikembalikan"),
                    HasSubstr("IKU1: Bukti tidak ada")));
  EXPECT_THAT(Run({"quarter", "show", kQuarter, "--output", "json"}).out,
              HasSubstr("\"state\": \"STATE_APPROVED\""));
}

TEST_F(RunQuarterTest, ShowsWhoBlocksWhomOfAllPages) {
  auto& page = realization_.GetQuarterProgress_.response;
  realization::v1::AgencyProgress& agency = *page.add_agencies();
  agency.set_agency(kDinsos);
  agency.set_state(Submission::STATE_OPEN);
  agency.set_waits_for_role("reporter");
  agency.set_overdue(true);
  realization::v1::RegionProgress& region = *page.add_regions();
  region.set_region("regions/35");
  region.set_agencies(40);
  realization::v1::StateCount& states = *region.add_states();
  states.set_state(Submission::STATE_VERIFIED);
  states.set_agencies(3);
  realization::v1::RoleCount& waiting = *region.add_waiting();
  waiting.set_role("agency_head");
  waiting.set_agencies(3);

  const Outcome outcome =
      Run({"quarter", "progress", "regions/35", "--year", "2023", "--quarter", "4"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(realization_.GetQuarterProgress_.requests.at(0).quarter(), 4);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("diverifikasi 3"), HasSubstr("kepala 3"),
                                 HasSubstr("pelapor"), HasSubstr("lewat tempo")));
}

}  // namespace
}  // namespace sakip::cli
