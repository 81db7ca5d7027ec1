#include "common/eventlog/sequenced_event_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/checked_append.h"
#include "common/eventlog/log_tree.h"
#include "common/eventlog/record.h"
#include "common/eventlog/store_check.h"

namespace sakip::eventlog {
namespace {

// A replay reads pieces that are large enough to be fast and small enough to be held.
constexpr ReadLimits kReplayLimits = {.records = 4096, .bytes = 1024 * 1024};

SequencedEventLogOptions WithDefaults(SequencedEventLogOptions options) {
  options.clock = &OrSystemClock(options.clock);
  return options;
}

absl::StatusOr<std::vector<AppendResult>> DeadlinePassed() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                   "the deadline passed while the write waited for its turn");
}

}  // namespace

SequencedEventLog::SequencedEventLog(std::unique_ptr<RecordStore> store, const LogHead& head,
                                     SequencedEventLogOptions options)
    : store_(std::move(store)),
      options_(WithDefaults(std::move(options))),
      queue_(options_.limits),
      waiters_(head.end_position()),
      head_(head),
      heads_(*store_),
      end_position_(head.end_position()),
      committer_([this] { CommitUntilClosed(); }) {}

SequencedEventLog::~SequencedEventLog() {
  queue_.Close();
  committer_.join();
}

void SequencedEventLog::Append(AppendRequest request, AppendCallback done) {
  auto checked = CheckAppend(std::move(request));
  if (!checked.ok()) return done(checked.status());
  PendingAppend pending;
  pending.appends.push_back(*std::move(checked));
  pending.done = [done = std::move(done)](absl::StatusOr<std::vector<AppendResult>> results) {
    if (!results.ok()) return done(results.status());
    done(std::move(results->front()));
  };
  Queue(std::move(pending));
}

void SequencedEventLog::AppendAll(std::vector<AppendRequest> requests, AppendAllCallback done) {
  auto checked = CheckAppends(std::move(requests));
  if (!checked.ok()) return done(checked.status());
  Queue({.appends = *std::move(checked), .done = std::move(done)});
}

void SequencedEventLog::Queue(PendingAppend pending) {
  for (const CheckedAppend& append : pending.appends) pending.bytes += append.bytes;
  const absl::Status status = queue_.Push(pending);
  if (!status.ok()) pending.done(status);
}

void SequencedEventLog::CommitUntilClosed() {
  while (true) {
    std::vector<PendingAppend> group = queue_.Gather();
    if (group.empty()) return;
    Commit(std::move(group));
  }
}

void SequencedEventLog::Commit(std::vector<PendingAppend> group) {
  Sequencer sequencer(head_, heads_, options_.clock->Now());
  Answers answers;
  answers.reserve(group.size());
  const absl::Time turn = SteadyClock().Now();
  const absl::Time now = options_.clock->Now();
  for (PendingAppend& pending : group) {
    if (options_.on_turn) options_.on_turn(turn - pending.since);
    answers.push_back(pending.deadline() <= now ? DeadlinePassed()
                                                : sequencer.AddAll(std::move(pending.appends)));
  }
  const SequencedBatch batch = sequencer.Finish();
  if (!batch.records.empty()) {
    const absl::Status room = store_->CheckRoom(batch);
    // Which of the answers depend on what would have been stored is not worth finding out.
    if (!room.ok()) {
      answers.assign(group.size(), room);
      return Answer(std::move(group), std::move(answers));
    }
    const absl::Status status = store_->Write(batch);
    if (!status.ok()) {
      // Answers that do not depend on the write are dropped too: a conflict may be with an append
      // of this very group, whose outcome is unknown.
      Stop(status, std::move(group));
      return;
    }
    heads_.Apply(batch);
    Publish(batch);
  }
  Answer(std::move(group), std::move(answers));
}

void SequencedEventLog::Answer(std::vector<PendingAppend> group, Answers answers) {
  queue_.Release();
  for (size_t i = 0; i < group.size(); ++i) group[i].done(std::move(answers[i]));
}

void SequencedEventLog::Publish(const SequencedBatch& batch) {
  head_ = batch.head;
  {
    MutexLock lock(observer_mutex_);
    if (observer_) {
      for (size_t i = 0; i < batch.records.size(); ++i) {
        observer_(batch.first_position + i, batch.records[i]);
      }
    }
    end_position_.store(head_.end_position(), std::memory_order_release);
  }
  waiters_.Advance(head_.end_position());
}

void SequencedEventLog::Stop(const absl::Status& why, std::vector<PendingAppend> group) {
  Log(LogLevel::kError, "log_stopped",
      {{"error", why.ToString()}, {"end_position", absl::StrCat(head_.end_position())}});
  std::vector<PendingAppend> queued = queue_.Stop();
  // Why is for the log: what the engine says may name files.
  const absl::Status stopped = LogStopped("a write failed, its outcome is unknown");
  for (PendingAppend& pending : group) pending.done(stopped);
  for (PendingAppend& pending : queued) pending.done(stopped);
  waiters_.Stop();
  if (options_.on_stopped) options_.on_stopped(why);
}

absl::StatusOr<std::optional<AppendResult>> SequencedEventLog::FindRequest(
    absl::string_view agency, absl::string_view request_id,
    absl::string_view request_digest) const {
  // Taken first: what is written meanwhile is not there yet for readers.
  const uint64_t end = end_position();
  ASSIGN_OR_RETURN(const std::optional<RequestRow> row, store_->Request(agency, request_id));
  if (!row.has_value() || row->last_position >= end) return std::nullopt;
  if (row->digest != request_digest) return RequestIdReused(request_id);
  ASSIGN_OR_RETURN(const StoredRecord last, store_->RecordAt(row->last_position));
  RETURN_IF_ERROR(VerifyRecord(row->last_position, last));
  return RepeatedResult(*row, last);
}

absl::StatusOr<ReadResult> SequencedEventLog::Read(uint64_t from_position,
                                                   const ReadLimits& limits) const {
  RETURN_IF_ERROR(CheckNotAhead(from_position));
  ReadResult result;
  result.next_position = from_position;
  result.end_position = end_position();
  if (from_position == result.end_position) return result;
  ASSIGN_OR_RETURN(result.records, store_->Read(from_position, result.end_position, limits));
  RETURN_IF_ERROR(KeepVerified(from_position, result.records));
  result.next_position += result.records.size();
  return result;
}

absl::Status SequencedEventLog::CheckNotAhead(uint64_t position) const {
  const uint64_t end = end_position();
  if (position <= end) return absl::OkStatus();
  return MakeError(absl::StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG",
                   absl::StrCat("position ", position, " is beyond the log's ", end),
                   {{"end_position", absl::StrCat(end)}});
}

absl::StatusOr<merkle::Frontier> SequencedEventLog::Tree(uint64_t size) const {
  RETURN_IF_ERROR(CheckNotAhead(size));
  return ReadTree(*store_, size);
}

absl::StatusOr<std::vector<merkle::Hash>> SequencedEventLog::ProveInclusion(uint64_t position,
                                                                            uint64_t size) const {
  RETURN_IF_ERROR(CheckNotAhead(size));
  return ReadInclusionProof(*store_, position, size);
}

absl::StatusOr<std::vector<merkle::Hash>> SequencedEventLog::ProveConsistency(
    uint64_t first, uint64_t second) const {
  RETURN_IF_ERROR(CheckNotAhead(second));
  return ReadConsistencyProof(*store_, first, second);
}

uint64_t SequencedEventLog::end_position() const {
  return end_position_.load(std::memory_order_acquire);
}

absl::StatusOr<uint64_t> SequencedEventLog::StreamRevision(absl::string_view stream) const {
  return store_->StreamRevision(stream);
}

absl::Status SequencedEventLog::Verify(ProgressCallback progress) const {
  const uint64_t end = end_position();
  StoreCheck check(*store_, 0);
  while (check.next_position() < end) {
    if (!progress(check.next_position(), end)) return absl::CancelledError("told to stop");
    ASSIGN_OR_RETURN(const std::vector<StoredRecord> records,
                     store_->Read(check.next_position(), end, kReplayLimits));
    for (const StoredRecord& record : records) RETURN_IF_ERROR(check.Follow(record));
  }
  RETURN_IF_ERROR(check.Finish(/*has_grown=*/true));
  return store_->CheckFiles();
}

void SequencedEventLog::StopWriting(const absl::Status& why) {
  Log(LogLevel::kError, "log_stopped", {{"error", why.ToString()}});
  for (PendingAppend& pending : queue_.Stop()) pending.done(LogStopped("a check of it failed"));
}

WaitId SequencedEventLog::WaitForMore(uint64_t position, std::function<void()> ready) {
  return waiters_.Add(position, std::move(ready));
}

void SequencedEventLog::CancelWait(WaitId id) { waiters_.Cancel(id); }

absl::Status SequencedEventLog::Observe(CommitObserver observer) {
  uint64_t position = 0;
  RETURN_IF_ERROR(Replay(position, observer));
  // The rest under the lock, so that no record falls between the replay and what follows.
  MutexLock lock(observer_mutex_);
  SAKIP_CHECK(!observer_);
  RETURN_IF_ERROR(Replay(position, observer));
  observer_ = std::move(observer);
  return absl::OkStatus();
}

absl::Status SequencedEventLog::Replay(uint64_t& position, const CommitObserver& observer) const {
  while (position < end_position()) {
    ASSIGN_OR_RETURN(const ReadResult read, Read(position, kReplayLimits));
    for (const StoredRecord& record : read.records) observer(position++, record);
  }
  return absl::OkStatus();
}

}  // namespace sakip::eventlog
