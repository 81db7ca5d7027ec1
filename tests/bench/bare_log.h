// BareLog is the event log without what makes it provable: the same queue and the same group
// commit, writing the records and the rows of their streams and agencies; no HEAD file, no tree, no
// rows that answer repeats. What those three cost is the difference.
#ifndef SAKIP_TESTS_BENCH_BARE_LOG_H_
#define SAKIP_TESTS_BENCH_BARE_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "common/eventlog/append_queue.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/rows.h"

namespace rocksdb {
class DB;
class WriteBatch;
}  // namespace rocksdb

namespace sakip::bench {

// Thread-safe. An error of the store ends the process.
class BareLog {
 public:
  explicit BareLog(const std::string& directory);
  ~BareLog();  // Stores what is queued.
  BareLog(const BareLog&) = delete;
  BareLog& operator=(const BareLog&) = delete;

  // Stores the events and calls `done` once they are on disk.
  void Append(eventlog::AppendRequest request, std::function<void()> done);

 private:
  // What a group changes beside the records.
  struct Rows {
    absl::btree_map<std::string, uint64_t> revisions;
    absl::btree_map<std::string, eventlog::AgencyHead> agencies;
  };

  void CommitUntilClosed();
  void Add(eventlog::CheckedAppend append, Rows& rows, rocksdb::WriteBatch& batch);
  void PutRows(const Rows& rows, rocksdb::WriteBatch& batch);

  std::unique_ptr<rocksdb::DB> db_;
  eventlog::AppendQueue queue_;

  // Used by the committer only. All heads: the event log remembers those that it meets, too.
  uint64_t end_position_ = 0;
  absl::flat_hash_map<std::string, uint64_t> revisions_;
  absl::flat_hash_map<std::string, eventlog::AgencyHead> agencies_;

  std::thread committer_;  // Last: it uses all of the above.
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_BARE_LOG_H_
