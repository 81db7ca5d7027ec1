#include "common/eventlog/checkpointer.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"

namespace sakip::eventlog {
namespace {

constexpr ReadLimits kReadBackLimits = {.records = 4096, .bytes = 1024 * 1024};

absl::Status Forked(uint64_t size) {
  return MakeError(absl::StatusCode::kDataLoss, "LOG_FORKED",
                   absl::StrCat("a checkpoint of size ", size,
                                " was signed whose root is not that of the log: other records "
                                "were there"));
}

absl::Status SignedIncomplete(uint64_t signed_size, uint64_t size) {
  return MakeError(
      absl::StatusCode::kDataLoss, "LOG_INCOMPLETE",
      absl::StrCat("a checkpoint of size ", signed_size, " was signed, the log ends at ", size,
                   ": positions ", size, " to ", signed_size - 1, " are missing"));
}

absl::Status FileFailed(const absl::Status& status) {
  return MakeError(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED",
                   absl::StrCat("the checkpoint file: ", status.message()));
}

}  // namespace

Checkpointer::Checkpointer(EventLog& log, CheckpointerOptions options)
    : log_(log),
      options_(std::move(options)),
      origin_(options_.keys.signers.front().verifier().name()) {}

absl::StatusOr<std::unique_ptr<Checkpointer>> Checkpointer::Start(EventLog& log,
                                                                  CheckpointerOptions options) {
  SAKIP_CHECK(!options.keys.signers.empty());
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<Checkpointer> checkpointer(new Checkpointer(log, std::move(options)));
  RETURN_IF_ERROR(checkpointer->Resume());
  RETURN_IF_ERROR(checkpointer->Sign(log.end_position()));
  checkpointer->thread_ = std::thread([&self = *checkpointer] { self.SignUntilStopped(); });
  return checkpointer;
}

Checkpointer::~Checkpointer() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

// Continues from the last checkpoint, which must be of this log.
absl::Status Checkpointer::Resume() {
  const auto file = ReadFile(options_.path, note::kNoteBytesMax);
  if (absl::IsNotFound(file.status())) return absl::OkStatus();
  if (!file.ok()) return FileFailed(file.status());
  ASSIGN_OR_RETURN(const note::SignedCheckpoint last,
                   note::OpenCheckpoint(*file, options_.keys.verifiers));
  const uint64_t size = last.checkpoint.size;
  if (size > log_.end_position()) return SignedIncomplete(size, log_.end_position());
  ASSIGN_OR_RETURN(tree_, log_.Tree(size));
  if (tree_.Root() != merkle::ToHash(last.checkpoint.root)) return Forked(size);
  return absl::OkStatus();
}

absl::Status Checkpointer::ReadBack(uint64_t size) {
  while (tree_.size() < size) {
    ASSIGN_OR_RETURN(const ReadResult read, log_.Read(tree_.size(), kReadBackLimits));
    for (const StoredRecord& record : read.records) {
      if (tree_.size() < size) tree_.Append(merkle::HashLeaf(record.record));
    }
  }
  ASSIGN_OR_RETURN(const merkle::Frontier stored, log_.Tree(size));
  return stored.Root() == tree_.Root() ? absl::OkStatus() : Forked(size);
}

absl::Status Checkpointer::Sign(uint64_t size) {
  RETURN_IF_ERROR(ReadBack(size));
  const merkle::Hash root = tree_.Root();
  ASSIGN_OR_RETURN(
      std::string signed_note,
      note::SignNote(note::CheckpointText({origin_, size, std::string(merkle::View(root))}),
                     options_.keys.signers));
  // On disk before anybody sees it: after a restart no other root is signed for this size.
  if (const absl::Status kept = ReplaceFile(options_.path, signed_note); !kept.ok()) {
    return FileFailed(kept);
  }
  {
    MutexLock lock(mutex_);
    latest_ = {std::move(signed_note), size};
  }
  waiters_.Advance(size + 1);
  next_time_ = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.interval);
  return absl::OkStatus();
}

void Checkpointer::SignUntilStopped() {
  while (WaitForGrowth()) {
    const absl::Status status = Sign(log_.end_position());
    if (status.ok()) continue;
    Log(LogLevel::kError, "log_not_signed", {{"error", status.ToString()}});
    waiters_.Stop();
    if (options_.on_damaged) options_.on_damaged(status);
    return;
  }
  waiters_.Stop();
}

// Returns false where it is to stop.
bool Checkpointer::WaitForGrowth() {
  const WaitId wait = log_.WaitForMore(tree_.size(), [this] {
    MutexLock lock(mutex_);
    grown_ = true;
    changed_.notify_all();
  });
  bool stopping = false;
  {
    MutexLock lock(mutex_);
    while (!grown_ && !stopping_) changed_.wait(mutex_);
    // A log that has stopped calls too, and at once each time.
    stopping = stopping_ || log_.end_position() == tree_.size();
    while (!stopping && std::chrono::steady_clock::now() < next_time_) {
      changed_.wait_until(mutex_, next_time_);
      stopping = stopping_;
    }
    grown_ = false;
  }
  log_.CancelWait(wait);
  return !stopping;
}

LatestCheckpoint Checkpointer::latest() const {
  MutexLock lock(mutex_);
  return latest_;
}

void Checkpointer::WaitForSize(uint64_t size, std::function<void()> ready) {
  waiters_.Add(size, std::move(ready));
}

}  // namespace sakip::eventlog
