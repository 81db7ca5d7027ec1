#include "common/eventlog/cached_heads.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

constexpr char kAgency[] = "regions/35.09/agencies/dinsos";
constexpr char kStream[] = "regions/35.09/agencies/dinsos/years/2023";

// Every stream is at revision 3, every agency at sequence 7; it counts how often it is asked.
class CountingHeads final : public Heads {
 public:
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view) const override {
    ++reads;
    if (!readable) return RecordDamaged(0, "for a test");
    return 3;
  }
  absl::StatusOr<AgencyHead> Agency(absl::string_view) const override {
    ++reads;
    return AgencyHead{7, "seven"};
  }
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view,
                                                    absl::string_view) const override {
    return RequestRow{"digest", 1, 2, 3};
  }
  absl::StatusOr<StoredRecord> RecordAt(uint64_t) const override {
    return StoredRecord{"record", "hash"};
  }

  bool readable = true;
  mutable int reads = 0;
};

TEST(CachedHeads, ReadsAStreamAndAnAgencyOnce) {
  const CountingHeads store;
  const CachedHeads heads(store);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(heads.StreamRevision(kStream).value(), 3u);
    EXPECT_EQ(heads.Agency(kAgency).value(), (AgencyHead{7, "seven"}));
  }
  EXPECT_EQ(store.reads, 2);
}

TEST(CachedHeads, KnowsWhatWasStoredWithoutReading) {
  const CountingHeads store;
  CachedHeads heads(store);
  EXPECT_EQ(heads.StreamRevision(kStream).value(), 3u);

  SequencedBatch batch;
  batch.stream_revisions[kStream] = 4;
  batch.agency_heads[kAgency] = {8, "eight"};
  heads.Apply(batch);

  EXPECT_EQ(heads.StreamRevision(kStream).value(), 4u);
  EXPECT_EQ(heads.Agency(kAgency).value(), (AgencyHead{8, "eight"}));
  EXPECT_EQ(store.reads, 1);
}

TEST(CachedHeads, ForgetsRatherThanGrows) {
  const CountingHeads store;
  CachedHeads heads(store);
  SequencedBatch batch;
  batch.stream_revisions[kStream] = 4;
  heads.Apply(batch);
  for (size_t i = 0; i < CachedHeads::kEntriesMax; ++i) {
    EXPECT_TRUE(heads.StreamRevision(absl::StrCat("stream", i)).ok());
  }
  store.reads = 0;
  EXPECT_EQ(heads.StreamRevision(kStream).value(), 3u) << "not asked again";
  EXPECT_EQ(store.reads, 1);
}

TEST(CachedHeads, RemembersNoError) {
  CountingHeads store;
  const CachedHeads heads(store);
  store.readable = false;
  EXPECT_EQ(ErrorReason(heads.StreamRevision(kStream).status()), "RECORD_DAMAGED");
  store.readable = true;
  EXPECT_EQ(heads.StreamRevision(kStream).value(), 3u);
}

TEST(CachedHeads, PassesOnWhatItDoesNotRemember) {
  const CountingHeads store;
  const CachedHeads heads(store);
  EXPECT_EQ(heads.Request(kAgency, "r").value()->digest, "digest");
  EXPECT_EQ(heads.RecordAt(5).value().record, "record");
}

}  // namespace
}  // namespace sakip::eventlog
