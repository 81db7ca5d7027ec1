// SequencedEventLog is the part of an event log that all engines share: the queue, the one thread
// that commits, the answers and the waits. An engine is a RecordStore below it.
#ifndef SAKIP_COMMON_EVENTLOG_SEQUENCED_EVENT_LOG_H_
#define SAKIP_COMMON_EVENTLOG_SEQUENCED_EVENT_LOG_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/eventlog/append_queue.h"
#include "common/eventlog/cached_heads.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/log_waiters.h"
#include "common/eventlog/record_store.h"
#include "common/eventlog/sequencer.h"

namespace sakip::eventlog {

// What a log needs beside its store.
struct SequencedEventLogOptions {
  AppendLimits limits = {};
  const Clock* clock = nullptr;  // Borrowed; the system's clock where null.
  // Told how long each append waited for its turn, on the log's thread.
  std::function<void(absl::Duration waited)> on_turn = nullptr;
  // Called once, on the log's thread, after a write failed, all in flight were answered and waits
  // woken. It lets main end the process; it must not destroy the log.
  std::function<void(const absl::Status& why)> on_stopped = nullptr;
};

// Thread-safe, as EventLog says. The destructor stores and answers what is queued, then returns;
// nothing may be appended any more when it starts. Waits that are left are dropped, not called.
//
// A Read that meets a damaged record returns the ones before it; the Read that starts at it is
// DATA_LOSS.
class SequencedEventLog : public EventLog {
 public:
  // `head` is where the log in `store` ends.
  SequencedEventLog(std::unique_ptr<RecordStore> store, const LogHead& head,
                    SequencedEventLogOptions options);
  ~SequencedEventLog() override;
  SequencedEventLog(const SequencedEventLog&) = delete;
  SequencedEventLog& operator=(const SequencedEventLog&) = delete;

  void Append(AppendRequest request, AppendCallback done) final;
  void AppendAll(std::vector<AppendRequest> requests, AppendAllCallback done) final;
  absl::StatusOr<std::optional<AppendResult>> FindRequest(
      absl::string_view agency, absl::string_view request_id,
      absl::string_view request_digest) const final;
  absl::StatusOr<ReadResult> Read(uint64_t from_position, const ReadLimits& limits) const final;
  uint64_t end_position() const final;
  absl::StatusOr<merkle::Frontier> Tree(uint64_t size) const final;
  absl::StatusOr<std::vector<merkle::Hash>> ProveInclusion(uint64_t position,
                                                           uint64_t size) const final;
  absl::StatusOr<std::vector<merkle::Hash>> ProveConsistency(uint64_t first,
                                                             uint64_t second) const final;
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const final;
  absl::Status Verify(ProgressCallback progress) const final;
  WaitId WaitForMore(uint64_t position, std::function<void()> ready) final;
  void CancelWait(WaitId id) final;
  absl::Status Observe(CommitObserver observer) final;

  // Refuses all later appends with LOG_STOPPED; reads go on. For who finds the log damaged.
  void StopWriting(const absl::Status& why);

 private:
  void Queue(PendingAppend pending);
  absl::Status CheckNotAhead(uint64_t position) const;
  void CommitUntilClosed();
  void Commit(std::vector<PendingAppend> group);
  void Publish(const SequencedBatch& batch);
  using Answers = std::vector<absl::StatusOr<std::vector<AppendResult>>>;
  void Answer(std::vector<PendingAppend> group, Answers answers);
  void Stop(const absl::Status& why, std::vector<PendingAppend> group);
  absl::Status Replay(uint64_t& position, const CommitObserver& observer) const;

  const std::unique_ptr<RecordStore> store_;
  const SequencedEventLogOptions options_;
  AppendQueue queue_;
  LogWaiters waiters_;
  LogHead head_;                        // Used by the committer only.
  CachedHeads heads_;                   // The same.
  std::atomic<uint64_t> end_position_;  // As readers see it: behind the observer.
  Mutex observer_mutex_;                // Held while the observer runs.
  CommitObserver observer_ ABSL_GUARDED_BY(observer_mutex_);
  std::thread committer_;  // Last: it uses all of the above.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_SEQUENCED_EVENT_LOG_H_
