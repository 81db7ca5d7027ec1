// TestHistory is a small log in memory with its tree and its key, for tests of what verifies logs:
// it makes whatever an honest log makes, and can be copied to make a fork. Not thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_HISTORY_TEST_SUPPORT_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_HISTORY_TEST_SUPPORT_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/eventlog/event_log.h"
#include "common/merkle/hash.h"
#include "common/merkle/tree.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"

namespace sakip::eventlog {

inline constexpr char kTestOrigin[] = "sakip.test/log";

// A new key of that name.
note::Signer TestSigner(absl::string_view name = kTestOrigin,
                        note::KeyType type = note::KeyType::kLog);

class TestHistory {
 public:
  TestHistory() : signer_(TestSigner()) {}
  explicit TestHistory(note::Signer signer) : signer_(std::move(signer)) {}

  // Appends an event of agency number `agency` in one of its two streams; number 0 is a region, a
  // tenant like the others. What the payload says tells a fork from the log.
  void Append(int agency, absl::string_view payload);
  void Append(int agency, NewEvent event);

  // Appends so many events of a few agencies.
  void Grow(int events, absl::string_view payload = "payload");

  uint64_t size() const { return records_.size(); }
  const std::vector<StoredRecord>& records() const { return records_; }
  const note::Signer& signer() const { return signer_; }
  void set_signer(note::Signer signer) { signer_ = std::move(signer); }

  // Of the first `size` records.
  note::Checkpoint CheckpointAt(uint64_t size) const;
  std::string SignedNoteAt(uint64_t size) const;
  std::vector<merkle::Hash> Inclusion(uint64_t position, uint64_t size) const;
  std::vector<merkle::Hash> Consistency(uint64_t first, uint64_t second) const;

  // The bytes of an export file, put together from FORMAT.md and not by ExportWriter.
  std::string ExportBytes() const { return ExportBytes(records_, SignedNoteAt(size())); }
  static std::string ExportBytes(const std::vector<StoredRecord>& records,
                                 absl::string_view signed_note);
  // Of one record in such a file.
  static std::string ExportFrame(const StoredRecord& record);

 private:
  struct Chain {
    uint64_t sequence = 0;
    std::string leaf_hash;
  };

  note::Signer signer_;
  std::vector<StoredRecord> records_;
  merkle::Frontier frontier_;
  std::map<std::pair<int, uint64_t>, merkle::Hash> nodes_;
  std::map<std::string, uint64_t> revisions_;  // By stream.
  std::map<int, Chain> chains_;                // By agency.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_HISTORY_TEST_SUPPORT_H_
