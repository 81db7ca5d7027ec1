#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "common/base/error.h"
#include "common/message/digest.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

eventlog::v1::StoredRecord Stored(uint64_t position) {
  planning::v1::AgencyRegistered payload;
  payload.mutable_agency()->set_name(kDinsos);
  eventlog::v1::Record record;
  record.set_position(position);
  record.set_stream(kDinsos);
  record.set_stream_revision(1);
  record.set_actor("dev-planner");
  record.set_type("sakip.planning.v1.AgencyRegistered");
  record.set_payload(payload.SerializeAsString());
  record.mutable_recorded_time()->set_seconds(1700000000);
  eventlog::v1::StoredRecord stored;
  stored.set_record(record.SerializeAsString());
  stored.set_leaf_hash(Sha256(std::string(1, '\0') + stored.record()));
  return stored;
}

TEST_F(RunTest, ListsRecordsOneALine) {
  *planning_log_.ReadRecords_.response.add_records() = Stored(4);
  planning_log_.ReadRecords_.response.set_next_position(5);
  planning_log_.ReadRecords_.response.set_end_position(5);

  const Outcome outcome = Run({"log", "read", "--service", "planning", "--from", "4"});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out,
            "4  2023-11-14T22:13:20Z  regions/35.09/agencies/dinsos  1  "
            "sakip.planning.v1.AgencyRegistered  dev-planner\n");
  EXPECT_EQ(planning_log_.ReadRecords_.requests.at(0).from_position(), 4u);
  EXPECT_EQ(planning_log_.ReadRecords_.requests.at(0).scope(), "regions/-");
}

TEST_F(RunTest, DecodesThePayloadOfARecordInJson) {
  *planning_log_.ReadRecords_.response.add_records() = Stored(4);

  const Outcome outcome =
      Run({"log", "read", "--service", "planning", "--limit", "1", "--output", "json"});

  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json.at("payload").at("agency").at("name"), kDinsos);
  EXPECT_EQ(json.at("leafHash"), absl::BytesToHexString(Stored(4).leaf_hash()));
  EXPECT_EQ(json.at("position"), "4");
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1);
}

TEST_F(RunTest, ShowsNoRecordThatDoesNotMatchItsHash) {
  eventlog::v1::StoredRecord damaged = Stored(4);
  damaged.mutable_leaf_hash()->back() ^= 1;
  *planning_log_.ReadRecords_.response.add_records() = damaged;

  const Outcome outcome = Run({"log", "read", "--service", "planning"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("DATA_LOSS"));
}

TEST_F(RunTest, FollowsUntilSoManyRecordsCame) {
  for (const uint64_t position : {0, 1, 2}) {
    eventlog::v1::FollowRecordsResponse response;
    *response.add_records() = Stored(position);
    response.set_next_position(position + 1);
    realization_log_.follow.push_back(response);
  }

  const Outcome outcome = Run({"log", "follow", "--service", "realization", "--until", "2"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
}

TEST_F(RunTest, SaysWhereToFollowOnWhenTheServerStops) {
  eventlog::v1::FollowRecordsResponse response;
  *response.add_records() = Stored(5);
  response.set_next_position(6);
  realization_log_.follow = {response};
  realization_log_.follow_end =
      MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "the server stops");

  const Outcome outcome = Run({"log", "follow", "--service", "realization", "--from", "5"});

  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.out, StartsWith("5  "));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("UNAVAILABLE SHUTTING_DOWN"), HasSubstr("--from 6\n")));
}

}  // namespace
}  // namespace sakip::cli
