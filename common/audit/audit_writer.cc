#include "common/audit/audit_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/audit/audit_entries.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/message/digest.h"
#include "common/rpc/call_id.h"

namespace sakip::audit {
namespace {

using eventlog::AppendRequest;
using eventlog::AppendResult;

// A group is one write: small enough that those who wait do not wait long.
constexpr size_t kGroupEntriesMax = 2000;
// Streams whose revision is remembered at most; all are forgotten when there are more.
constexpr size_t kRevisionsMax = 16 * 1024;

absl::Status Unavailable(const absl::Status& why) {
  return MakeError(absl::StatusCode::kUnavailable, "AUDIT_UNAVAILABLE",
                   absl::StrCat("the audit trail cannot be written (", ErrorReason(why),
                                "); retry later with the same request id"));
}

void Tell(std::vector<AuditWriter::Written> waiting, const absl::Status& status) {
  for (const AuditWriter::Written& written : waiting) written(status);
}

}  // namespace

AuditWriter::AuditWriter(eventlog::EventLog& log, AuditWriterOptions options)
    : log_(log),
      options_(std::move(options)),
      instance_(rpc::NewCallId()),
      entries_total_((options_.metrics == nullptr ? rpc::InertMetrics() : *options_.metrics)
                         .AddCounter("sakip_audit_entries_total",
                                     "Entries of the audit trail that were stored.", {})),
      waiting_gauge_((options_.metrics == nullptr ? rpc::InertMetrics() : *options_.metrics)
                         .AddGauge("sakip_audit_waiting",
                                   "Entries of the audit trail to be stored, and places kept.",
                                   {})),
      unavailable_gauge_((options_.metrics == nullptr ? rpc::InertMetrics() : *options_.metrics)
                             .AddGauge("sakip_audit_unavailable",
                                       "1 while the audit trail cannot be written, 0 otherwise.",
                                       {})),
      thread_([this] { Run(); }) {}

AuditWriter::~AuditWriter() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

absl::Status AuditWriter::Reserve(size_t places) {
  MutexLock lock(mutex_);
  RETURN_IF_ERROR(failure_);
  if (places_ + places > options_.places_max) {
    return MakeError(
        absl::StatusCode::kResourceExhausted, "OVERLOADED",
        absl::StrCat("the audit trail has ", places_, " entries to store; retry after RetryInfo"));
  }
  places_ += places;
  return absl::OkStatus();
}

void AuditWriter::GiveBack(size_t places) {
  MutexLock lock(mutex_);
  places_ -= places;
}

void AuditWriter::Add(const v1::AuditEntry& entry, Written written) {
  Pending pending = {StreamOf(entry.tenant()), entry.SerializeAsString(), nullptr};
  const bool now = written != nullptr;
  bool begin = false;
  absl::Status failure;
  {
    MutexLock lock(mutex_);
    failure = failure_;
    if (failure.ok()) pending.written = std::move(written);
    pending_.push_back(std::move(pending));
    begin = now && state_ == State::kIdle;
    if (begin) state_ = State::kWriting;
    // The thread sees to the entries that nobody waits for.
    if (state_ == State::kIdle && pending_.size() == 1) changed_.notify_all();
  }
  if (begin) Write();
  if (now && !failure.ok()) written(failure);
}

// The state is kWriting, and the caller's: writes the group, or the next one where it is empty.
void AuditWriter::Write() {
  if (group_.empty()) {
    MutexLock lock(mutex_);
    waiting_gauge_.Set(static_cast<double>(places_));
    const size_t size = std::min(pending_.size(), kGroupEntriesMax);
    if (size == 0) {
      state_ = State::kIdle;
      changed_.notify_all();
      return;
    }
    const auto end = pending_.begin() + static_cast<std::ptrdiff_t>(size);
    group_.assign(std::make_move_iterator(pending_.begin()), std::make_move_iterator(end));
    pending_.erase(pending_.begin(), end);
    ++group_number_;
  }
  auto requests = ToRequests();
  if (!requests.ok()) return OnFailed(requests.status());
  log_.AppendAll(*std::move(requests), [this](auto results) { OnWritten(std::move(results)); });
}

// The entries in their order: one request for as many as follow each other in a stream. Where the
// group was stored before, and only the answer was lost, the log knows them by their ids.
absl::StatusOr<std::vector<AppendRequest>> AuditWriter::ToRequests() {
  std::vector<AppendRequest> requests;
  absl::flat_hash_map<std::string, uint64_t> revisions;  // After the requests so far.
  for (const Pending& pending : group_) {
    if (requests.empty() || requests.back().stream != pending.stream) {
      const auto [revision, is_new] = revisions.try_emplace(pending.stream);
      if (is_new) {
        ASSIGN_OR_RETURN(revision->second, RevisionOf(pending.stream));
      }
      AppendRequest request;
      request.stream = pending.stream;
      request.expected_revision = revision->second;
      request.request_id = absl::StrCat(instance_, "-", group_number_, "-", requests.size());
      request.actor = options_.actor;
      requests.push_back(std::move(request));
    }
    requests.back().events.push_back({v1::AuditEntry::descriptor()->full_name(), pending.payload});
    ++revisions[pending.stream];
  }
  group_streams_.clear();
  for (AppendRequest& request : requests) {
    std::string payloads;
    for (const eventlog::NewEvent& event : request.events) payloads += event.payload;
    request.request_digest = Sha256(payloads);
    group_streams_.push_back(request.stream);
  }
  return requests;
}

absl::StatusOr<uint64_t> AuditWriter::RevisionOf(const std::string& stream) {
  const auto known = revisions_.find(stream);
  if (known != revisions_.end()) return known->second;
  return log_.StreamRevision(stream);
}

void AuditWriter::OnWritten(absl::StatusOr<std::vector<AppendResult>> results) {
  if (results.ok()) {
    OnStored(*results);
  } else {
    OnFailed(results.status());
  }
}

void AuditWriter::OnStored(const std::vector<AppendResult>& results) {
  if (revisions_.size() + results.size() > kRevisionsMax) revisions_.clear();
  for (size_t i = 0; i < results.size(); ++i) {
    revisions_[group_streams_[i]] = results[i].stream_revision;
  }
  std::vector<Written> waiting;
  for (Pending& pending : group_) {
    if (pending.written != nullptr) waiting.push_back(std::move(pending.written));
  }
  entries_total_.Increment(static_cast<double>(group_.size()));
  {
    MutexLock lock(mutex_);
    places_ -= group_.size();
    if (!failure_.ok()) Log(LogLevel::kWarning, "audit_available", {});
    failure_ = absl::OkStatus();
  }
  unavailable_gauge_.Set(0);
  group_.clear();
  // The disk first: those who waited have their answers to make.
  Write();
  Tell(std::move(waiting), absl::OkStatus());
}

void AuditWriter::OnFailed(const absl::Status& why) {
  revisions_.clear();
  const absl::Status failure = Unavailable(why);
  std::vector<Written> waiting;
  const auto take = [&waiting](std::vector<Pending>& entries) {
    for (Pending& pending : entries) {
      if (pending.written == nullptr) continue;
      waiting.push_back(std::exchange(pending.written, nullptr));
    }
  };
  take(group_);
  unavailable_gauge_.Set(1);
  {
    MutexLock lock(mutex_);
    take(pending_);
    if (failure_.ok()) Log(LogLevel::kError, "audit_unavailable", {{"error", why.ToString()}});
    failure_ = failure;
    failed_time_ = std::chrono::steady_clock::now();
    state_ = State::kFailed;
    changed_.notify_all();
  }
  Tell(std::move(waiting), failure);
}

// Writes what nobody waits for, and again what could not be written.
void AuditWriter::Run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (state_ == State::kFailed) {
      const auto next_try = failed_time_ + options_.retry;
      if (std::chrono::steady_clock::now() >= next_try) {
        WriteWhatWaits();
      } else {
        changed_.wait_until(mutex_, next_try);
      }
    } else if (state_ == State::kIdle && !pending_.empty()) {
      changed_.wait_for(mutex_, options_.linger);
      if (state_ == State::kIdle && !pending_.empty()) WriteWhatWaits();
    } else {
      changed_.wait(mutex_);
    }
  }
  while (state_ == State::kWriting) changed_.wait(mutex_);
  if (state_ == State::kFailed || !pending_.empty()) WriteWhatWaits();
  while (state_ == State::kWriting) changed_.wait(mutex_);
  const size_t lost = state_ == State::kFailed ? group_.size() + pending_.size() : 0;
  if (lost > 0) Log(LogLevel::kError, "audit_entries_lost", {{"count", absl::StrCat(lost)}});
}

void AuditWriter::WriteWhatWaits() {
  state_ = State::kWriting;
  mutex_.unlock();
  Write();
  mutex_.lock();
}

}  // namespace sakip::audit
