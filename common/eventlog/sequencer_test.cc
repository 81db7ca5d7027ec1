#include "common/eventlog/sequencer.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

constexpr char kAgency[] = "regions/35.09/agencies/dinsos";
constexpr char kStream[] = "regions/35.09/agencies/dinsos/years/2023";
const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

// Heads that a test sets by hand.
class FixedHeads : public Heads {
 public:
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override {
    if (!readable) return RecordDamaged(0, "for a test");
    const auto found = streams.find(std::string(stream));
    return found == streams.end() ? 0 : found->second;
  }
  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override {
    const auto found = agencies.find(std::string(agency));
    return found == agencies.end() ? AgencyHead() : found->second;
  }
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override {
    const auto found = requests.find({std::string(agency), std::string(request_id)});
    if (found == requests.end()) return std::nullopt;
    return found->second;
  }
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override {
    return records.at(position);
  }

  bool readable = true;
  std::map<std::string, uint64_t> streams;
  std::map<std::string, AgencyHead> agencies;
  std::map<RequestName, RequestRow> requests;
  std::map<uint64_t, StoredRecord> records;
};

CheckedAppend Append(absl::string_view request_id, uint64_t expected_revision, int events = 1,
                     absl::string_view stream = kStream, char digest = 'd') {
  AppendRequest request = {.stream = std::string(stream),
                           .expected_revision = expected_revision,
                           .request_id = std::string(request_id),
                           .request_digest = std::string(kHashBytes, digest),
                           .actor = "office",
                           .events = {}};
  for (int i = 0; i < events; ++i) request.events.push_back({"T", absl::StrCat(request_id, i)});
  auto checked = CheckAppend(std::move(request));
  EXPECT_TRUE(checked.ok()) << checked.status();
  return *checked;
}

// The end of a log of `size` records; which they are does not matter.
LogHead HeadAt(uint64_t size) {
  LogHead head = {.tree = {}, .recorded_time = kNow};
  while (head.tree.size() < size) head.tree.Append(merkle::HashLeaf("any"));
  return head;
}

v1::Record Parsed(const StoredRecord& record) {
  const auto parsed = ParseRecord(record);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return *parsed;
}

TEST(Sequencer, ContinuesWhereTheLogTheStreamAndTheAgencyStand) {
  FixedHeads heads;
  heads.streams[kStream] = 4;
  heads.agencies[kAgency] = {9, std::string(kHashBytes, 'h')};
  Sequencer sequencer(HeadAt(100), heads, kNow);

  const auto result = sequencer.Add(Append("r1", 4, 2));
  const SequencedBatch batch = sequencer.Finish();

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->first_position, 100u);
  EXPECT_EQ(result->last_position, 101u);
  EXPECT_EQ(result->stream_revision, 6u);
  EXPECT_FALSE(result->repeated);
  ASSERT_EQ(batch.records.size(), 2u);
  EXPECT_EQ(batch.first_position, 100u);
  EXPECT_EQ(batch.head.end_position(), 102u);
  const v1::Record first = Parsed(batch.records[0]), second = Parsed(batch.records[1]);
  EXPECT_EQ(first.position(), 100u);
  EXPECT_EQ(first.stream_revision(), 5u);
  EXPECT_EQ(first.agency_sequence(), 10u);
  EXPECT_EQ(first.previous_agency_hash(), std::string(kHashBytes, 'h'));
  EXPECT_EQ(first.payload(), "r10");
  EXPECT_EQ(second.agency_sequence(), 11u);
  EXPECT_EQ(second.previous_agency_hash(), batch.records[0].leaf_hash);
  EXPECT_EQ(result->leaf_hash, batch.records[1].leaf_hash);
}

TEST(Sequencer, ChangesExactlyTheRowsOfWhatItAdds) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);

  ASSERT_TRUE(sequencer.Add(Append("r1", 0, 3)).ok());
  EXPECT_FALSE(sequencer.Add(Append("r2", 9, 1, "regions/36/agencies/b/x")).ok());
  const SequencedBatch batch = sequencer.Finish();

  ASSERT_EQ(batch.stream_revisions.size(), 1u);
  EXPECT_EQ(batch.stream_revisions.at(kStream), 3u);
  ASSERT_EQ(batch.agency_heads.size(), 1u);
  EXPECT_EQ(batch.agency_heads.at(kAgency), (AgencyHead{3, batch.records[2].leaf_hash}));
  ASSERT_EQ(batch.requests.size(), 1u);
  EXPECT_EQ(batch.requests.at(RequestName(kAgency, "r1")),
            (RequestRow{std::string(kHashBytes, 'd'), 0, 2, 3}));
}

TEST(Sequencer, ShowsLaterAppendsTheEarlierOnesOfTheirGroup) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);

  const auto first = sequencer.Add(Append("r1", 0));
  const auto stale = sequencer.Add(Append("r2", 0));
  const auto second = sequencer.Add(Append("r3", 1));
  const auto repeat = sequencer.Add(Append("r1", 0));
  const auto reuse = sequencer.Add(Append("r1", 2, 1, kStream, 'e'));

  ASSERT_TRUE(first.ok() && second.ok() && repeat.ok());
  EXPECT_EQ(ErrorReason(stale.status()), "REVISION_CONFLICT");
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ErrorFacts(stale.status()), (std::vector<ErrorFact>{{"current_revision", "1"}}));
  EXPECT_EQ(second->first_position, 1u);
  EXPECT_TRUE(repeat->repeated);
  EXPECT_EQ(repeat->first_position, first->first_position);
  EXPECT_EQ(repeat->leaf_hash, first->leaf_hash);
  EXPECT_EQ(repeat->recorded_time, first->recorded_time);
  EXPECT_EQ(ErrorReason(reuse.status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(reuse.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(sequencer.Finish().records.size(), 2u);
}

TEST(Sequencer, ChainsTheRecordsOfOneAgencyAcrossItsStreams) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);

  ASSERT_TRUE(sequencer.Add(Append("r1", 0)).ok());
  ASSERT_TRUE(sequencer.Add(Append("r2", 0, 1, "regions/36/agencies/b/x")).ok());
  ASSERT_TRUE(sequencer.Add(Append("r3", 0, 1, absl::StrCat(kAgency, "/years/2024"))).ok());
  const SequencedBatch batch = sequencer.Finish();

  EXPECT_EQ(Parsed(batch.records[1]).agency_sequence(), 1u);
  EXPECT_EQ(Parsed(batch.records[1]).previous_agency_hash(), "");
  EXPECT_EQ(Parsed(batch.records[2]).agency_sequence(), 2u);
  EXPECT_EQ(Parsed(batch.records[2]).previous_agency_hash(), batch.records[0].leaf_hash);
}

TEST(Sequencer, TakesTheSameRequestIdFromAnotherAgency) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);

  ASSERT_TRUE(sequencer.Add(Append("r1", 0)).ok());
  const auto other = sequencer.Add(Append("r1", 0, 1, "regions/36/agencies/b/x", 'e'));

  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(other->repeated);
}

TEST(Sequencer, AnswersARepeatFromTheStoredRow) {
  FixedHeads heads;
  Sequencer before({}, heads, kNow);
  const auto first = before.Add(Append("r1", 0, 2));
  const SequencedBatch stored = before.Finish();
  heads.requests[RequestName(kAgency, "r1")] = stored.requests.at(RequestName(kAgency, "r1"));
  heads.records[1] = stored.records[1];
  heads.streams[kStream] = 7;
  Sequencer sequencer(HeadAt(8), heads, kNow + absl::Hours(1));

  const auto repeat = sequencer.Add(Append("r1", 0, 2));

  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_TRUE(repeat->repeated);
  EXPECT_EQ(repeat->first_position, 0u);
  EXPECT_EQ(repeat->last_position, 1u);
  EXPECT_EQ(repeat->stream_revision, 2u);
  EXPECT_EQ(repeat->leaf_hash, first->leaf_hash);
  EXPECT_EQ(repeat->recorded_time, kNow);
  EXPECT_TRUE(sequencer.Finish().records.empty());
}

TEST(Sequencer, DoesNotAnswerARepeatFromADamagedRecord) {
  FixedHeads heads;
  Sequencer before({}, heads, kNow);
  ASSERT_TRUE(before.Add(Append("r1", 0)).ok());
  const SequencedBatch stored = before.Finish();
  heads.requests[RequestName(kAgency, "r1")] = stored.requests.at(RequestName(kAgency, "r1"));
  heads.records[0] = stored.records[0];
  heads.records[0].record += "x";
  Sequencer sequencer(HeadAt(1), heads, kNow);

  EXPECT_EQ(ErrorReason(sequencer.Add(Append("r1", 0)).status()), "RECORD_DAMAGED");
}

TEST(Sequencer, NeverGoesBackInTime) {
  FixedHeads heads;
  Sequencer sequencer(HeadAt(5), heads, kNow - absl::Hours(1));

  const auto result = sequencer.Add(Append("r1", 0));
  const SequencedBatch batch = sequencer.Finish();

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->recorded_time, kNow);
  EXPECT_EQ(RecordedTime(Parsed(batch.records[0])), kNow);
  EXPECT_EQ(batch.head.recorded_time, kNow);
}

TEST(Sequencer, AnswersTheTimeThatTheRecordKeeps) {
  FixedHeads heads;
  const absl::Time finer = kNow + absl::Nanoseconds(7) + absl::Nanoseconds(1) / 4;
  Sequencer sequencer({}, heads, finer);

  const auto result = sequencer.Add(Append("r1", 0));

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->recorded_time, RecordedTime(Parsed(sequencer.Finish().records[0])));
}

TEST(Sequencer, AddsNothingWhereTheHeadsCannotBeRead) {
  FixedHeads heads;
  heads.readable = false;
  Sequencer sequencer({}, heads, kNow);

  EXPECT_EQ(ErrorReason(sequencer.Add(Append("r1", 0)).status()), "RECORD_DAMAGED");
  EXPECT_TRUE(sequencer.Finish().records.empty());
}

TEST(Sequencer, AddsTheNodesThatTheRecordsComplete) {
  FixedHeads heads;
  Sequencer sequencer(HeadAt(3), heads, kNow);

  ASSERT_TRUE(sequencer.Add(Append("r1", 0, 2)).ok());
  const SequencedBatch batch = sequencer.Finish();

  // Records 3 and 4: the third completes the pairs {1, 1} and {2, 0}, the fourth nothing.
  ASSERT_EQ(batch.nodes.size(), 2u);
  EXPECT_EQ(batch.nodes[0].id, (merkle::NodeId{1, 1}));
  EXPECT_EQ(batch.nodes[1].id, (merkle::NodeId{2, 0}));
  LogHead expected = HeadAt(3);
  for (const StoredRecord& record : batch.records) {
    expected.tree.Append(*merkle::ToHash(record.leaf_hash));
  }
  EXPECT_EQ(batch.head.tree.Root(), expected.tree.Root());
}

TEST(Sequencer, AddsAllWhereNoneIsRefused) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);
  ASSERT_TRUE(sequencer.Add(Append("r0", 0)).ok());

  const auto results = sequencer.AddAll({Append("r1", 1, 2), Append("r2", 3), Append("r1", 1, 2)});
  const SequencedBatch batch = sequencer.Finish();

  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_EQ(results->size(), 3u);
  EXPECT_EQ((*results)[0].first_position, 1u);
  EXPECT_EQ((*results)[1].first_position, 3u);
  EXPECT_TRUE((*results)[2].repeated);
  ASSERT_EQ(batch.records.size(), 4u);
  EXPECT_EQ(batch.stream_revisions.at(kStream), 4u);
  EXPECT_EQ(batch.agency_heads.at(kAgency).sequence, 4u);
  EXPECT_EQ(batch.requests.size(), 3u);
  EXPECT_EQ(Parsed(batch.records[3]).previous_agency_hash(), batch.records[2].leaf_hash);
}

TEST(Sequencer, AddsNoneWhereOneIsRefused) {
  FixedHeads heads;
  Sequencer sequencer({}, heads, kNow);
  ASSERT_TRUE(sequencer.Add(Append("r0", 0)).ok());

  const auto refused = sequencer.AddAll({Append("r1", 1, 2), Append("r2", 1)});
  const auto after = sequencer.Add(Append("r1", 1));
  const SequencedBatch batch = sequencer.Finish();

  EXPECT_EQ(ErrorReason(refused.status()), "REVISION_CONFLICT");
  EXPECT_EQ(ErrorFacts(refused.status()).back(), (ErrorFact{"index", "1"}));
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_FALSE(after->repeated);
  EXPECT_EQ(batch.records.size(), 2u);
  EXPECT_EQ(batch.head.tree.size(), 2u);
  EXPECT_EQ(batch.nodes.size(), 1u);
}

}  // namespace
}  // namespace sakip::eventlog
