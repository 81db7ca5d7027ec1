#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using audit::v1::AuditEntry;
using ::testing::HasSubstr;

audit::v1::RecordedAuditEntry Refused(uint64_t position) {
  audit::v1::RecordedAuditEntry recorded;
  recorded.set_position(position);
  AuditEntry& entry = *recorded.mutable_entry();
  entry.mutable_time()->set_seconds(1700000000);
  entry.set_event(AuditEntry::EVENT_REFUSED);
  entry.set_decision(AuditEntry::DECISION_DENIED);
  entry.set_subject("curious");
  entry.set_method("/s/M");
  entry.set_tenant(kDinsos);
  entry.set_code(7);
  entry.set_reason("PERMISSION_DENIED");
  entry.set_peer("ipv4:10.0.0.1:5");
  return recorded;
}

TEST_F(RunTest, ListsEntriesOfTheAuditTrail) {
  audit::v1::RecordedAuditEntry counted = Refused(8);
  counted.mutable_entry()->set_code(16);
  counted.mutable_entry()->set_reason("IDENTITY_INVALID");
  counted.mutable_entry()->mutable_repeats()->set_count(12);
  *scoring_audit_.ListAuditEntries_.response.add_entries() = Refused(9);
  *scoring_audit_.ListAuditEntries_.response.add_entries() = counted;

  const Outcome outcome =
      Run({"audit", "list", "--service", "scoring", "--scope", kDinsos, "--decision", "denied",
           "--since", "2023-11-14T00:00:00+07:00", "--subject", "curious", "--limit", "5"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("     9  2023-11-14T22:13:20Z  ditolak      curious  /s/M"));
  EXPECT_THAT(outcome.out, HasSubstr("ditolak 12x"));
  const auto& request = scoring_audit_.ListAuditEntries_.requests.at(0);
  EXPECT_EQ(request.scope(), kDinsos);
  EXPECT_EQ(request.decision(), AuditEntry::DECISION_DENIED);
  EXPECT_EQ(request.start_time().seconds(), 1699894800);
  EXPECT_EQ(request.subject(), "curious");
  EXPECT_EQ(request.page_size(), 5);
}

TEST_F(RunTest, GoesThroughThePagesOfTheAuditTrailAsFarAsAsked) {
  auto& response = scoring_audit_.ListAuditEntries_.response;
  *response.add_entries() = Refused(9);
  response.set_next_page_token("more");

  const Outcome outcome =
      Run({"audit", "list", "--service", "scoring", "--limit", "2", "--output", "json"});

  EXPECT_EQ(nlohmann::json::parse(outcome.out).at("entries").size(), 2u);
  ASSERT_EQ(scoring_audit_.ListAuditEntries_.requests.size(), 2u);
  EXPECT_EQ(scoring_audit_.ListAuditEntries_.requests[1].page_token(), "more");
}

TEST_F(RunTest, RefusesATimeOfTheAuditTrailThatIsNone) {
  const Outcome outcome = Run({"audit", "list", "--service", "scoring", "--until", "yesterday"});

  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("2026-03-31T17:00:00+07:00"));
}

}  // namespace
}  // namespace sakip::cli
