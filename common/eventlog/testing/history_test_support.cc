#include "common/eventlog/testing/history_test_support.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/big_endian.h"
#include "common/eventlog/record.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/note.h"

namespace sakip::eventlog {
namespace {

constexpr int kAgencies = 3;

}  // namespace

note::Signer TestSigner(absl::string_view name, note::KeyType type) {
  return *note::Signer::Parse(*note::GenerateKey(name, type));
}

void TestHistory::Append(int agency, absl::string_view payload) {
  Append(agency, NewEvent{"sakip.test.v1.Happened", std::string(payload)});
}

void TestHistory::Append(int agency, NewEvent event) {
  Chain& chain = chains_[agency];
  const uint64_t year = 2023 + chain.sequence % 2;
  const std::string tenant =
      agency == 0 ? "regions/35.09" : absl::StrCat("regions/35.09/agencies/dinas", agency);
  const std::string stream = absl::StrCat(tenant, "/years/", year);
  const AppendRequest request = TestRequest(absl::StrCat("request-", size()), 0, stream);
  RecordPlace place = {.position = size(),
                       .stream_revision = ++revisions_[stream],
                       .agency_sequence = ++chain.sequence,
                       .previous_agency_hash = chain.leaf_hash,
                       .recorded_time = absl::FromUnixSeconds(1700000000 + size())};
  records_.push_back(MakeRecord(std::move(place), request, std::move(event)));
  chain.leaf_hash = records_.back().leaf_hash;
  const merkle::Hash leaf = *merkle::ToHash(chain.leaf_hash);
  nodes_[{0, frontier_.size()}] = leaf;
  frontier_.Append(leaf, [this](const merkle::NodeId& id, const merkle::Hash& hash) {
    nodes_[{id.level, id.index}] = hash;
  });
}

void TestHistory::Grow(int events, absl::string_view payload) {
  for (int i = 0; i < events; ++i) Append(static_cast<int>(size() * 7 % kAgencies), payload);
}

note::Checkpoint TestHistory::CheckpointAt(uint64_t size) const {
  const merkle::Hash root = *merkle::RootAt(size, [this](const merkle::NodeId& id) {
    return nodes_.at({id.level, id.index});
  });
  return {
      .origin = signer_.verifier().name(), .size = size, .root = std::string(merkle::View(root))};
}

std::string TestHistory::SignedNoteAt(uint64_t size) const {
  return *note::SignNote(note::CheckpointText(CheckpointAt(size)), {signer_});
}

std::vector<merkle::Hash> TestHistory::Inclusion(uint64_t position, uint64_t size) const {
  return *merkle::InclusionProof(position, size, [this](const merkle::NodeId& id) {
    return nodes_.at({id.level, id.index});
  });
}

std::vector<merkle::Hash> TestHistory::Consistency(uint64_t first, uint64_t second) const {
  return *merkle::ConsistencyProof(first, second, [this](const merkle::NodeId& id) {
    return nodes_.at({id.level, id.index});
  });
}

std::string TestHistory::ExportFrame(const StoredRecord& record) {
  return BigEndian(record.record.size(), 4) + record.record + record.leaf_hash;
}

std::string TestHistory::ExportBytes(const std::vector<StoredRecord>& records,
                                     absl::string_view signed_note) {
  std::string bytes = absl::StrCat("sakip-export/1\n", kTestOrigin, "\n");
  for (const StoredRecord& record : records) bytes += ExportFrame(record);
  return absl::StrCat(bytes, "\xff\xff\xff\xff", BigEndian(signed_note.size(), 4), signed_note);
}

}  // namespace sakip::eventlog
