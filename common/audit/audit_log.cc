#include "common/audit/audit_log.h"

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/audit/audit_entries.h"
#include "common/audit/found_writes.h"
#include "common/audit/looked_at.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::audit {
namespace {

// Counted refusals are written so soon after the end of their window.
constexpr std::chrono::milliseconds kLookEvery{500};

// Unlike that of any other call, here and in other processes, for all practical purposes.
uint64_t NextAdmission() {
  static std::atomic<uint64_t> next{absl::Uniform<uint64_t>(absl::BitGen())};
  uint64_t admission = 0;
  while (admission == 0) admission = next.fetch_add(1, std::memory_order_relaxed);
  return admission;
}

// Waits for the disk and for whoever asks for it, in whatever order they come.
class Gathering {
 public:
  void OnWritten(const absl::Status& status) {
    AuditWriter::Written ready;
    {
      MutexLock lock(mutex_);
      status_ = status;
      ready = std::move(ready_);
    }
    if (ready != nullptr) ready(status);
  }

  void WhenRecorded(AuditWriter::Written ready) {
    absl::Status status;
    {
      MutexLock lock(mutex_);
      if (!status_.has_value()) {
        ready_ = std::move(ready);
        return;
      }
      status = *status_;
    }
    ready(status);
  }

 private:
  Mutex mutex_;
  std::optional<absl::Status> status_ ABSL_GUARDED_BY(mutex_);
  AuditWriter::Written ready_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

// A place is kept for each entry that may still come.
class AuditLog::AdmittedCall final : public rpc::AuditTrail::Record {
 public:
  AdmittedCall(AuditWriter& writer, v1::AuditEntry entry, bool tells_success)
      : writer_(writer), entry_(std::move(entry)), tells_success_(tells_success) {}

  void Begin() {
    entry_.set_admission(NextAdmission());
    gathering_ = std::make_shared<Gathering>();
    writer_.Add(entry_, [gathering = gathering_](const absl::Status& status) {
      gathering->OnWritten(status);
    });
  }

  void WhenRecorded(std::function<void(const absl::Status&)> ready) override {
    gathering_->WhenRecorded(std::move(ready));
  }

  void End(const rpc::Call&, const rpc::Observation& observation) override {
    if (observation.status.ok() && !tells_success_) return writer_.GiveBack(1);
    SetOutcome(observation, entry_);
    writer_.Add(entry_);
  }

 private:
  AuditWriter& writer_;
  v1::AuditEntry entry_;
  const bool tells_success_;
  std::shared_ptr<Gathering> gathering_;  // Null where nothing is written before the end.
};

AuditLog::AuditLog(eventlog::EventLog& log, AuditLogOptions options)
    : log_(log),
      options_(std::move(options)),
      counted_total_(
          (options_.writer.metrics == nullptr ? rpc::InertMetrics() : *options_.writer.metrics)
              .AddCounter("sakip_audit_refusals_counted_total",
                          "Refusals that were counted and got no entry of their own.", {})),
      writer_(log, options_.writer),
      counts_(options_.counts),
      thread_([this] { Run(); }) {}

AuditLog::~AuditLog() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
  MutexLock lock(mutex_);
  WriteCounted(absl::InfiniteFuture());
  if (const uint64_t lost = counts_.count(); lost > 0) {
    Log(LogLevel::kError, "audit_refusals_lost", {{"count", absl::StrCat(lost)}});
  }
}

absl::StatusOr<size_t> AuditLog::RecordFound(const eventlog::EventLog& writes) {
  const FindLimits limits = {.requests_max = options_.writer.places_max};
  const uint64_t log_end = writes.end_position();
  ASSIGN_OR_RETURN(
      const std::vector<v1::AuditEntry> found,
      FindUnrecordedWrites(writes, log_, ReadLookedAt(options_.looked_at_path), limits));
  RETURN_IF_ERROR(WriteNow(found));
  if (options_.looked_at_path.empty()) return found.size();
  const absl::Status kept = WriteLookedAt(options_.looked_at_path, {log_end, log_.end_position()});
  if (!kept.ok()) Log(LogLevel::kError, "audit_looked_at_lost", {{"error", kept.ToString()}});
  return found.size();
}

absl::Status AuditLog::WriteNow(const std::vector<v1::AuditEntry>& entries) {
  if (entries.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(writer_.Reserve(entries.size()));
  for (size_t i = 0; i + 1 < entries.size(); ++i) writer_.Add(entries[i]);
  // They come to disk in their order. Shared: who sets it is not done when it is read.
  const auto written = std::make_shared<std::promise<absl::Status>>();
  writer_.Add(entries.back(),
              [written](const absl::Status& status) { written->set_value(status); });
  return written->get_future().get();
}

absl::StatusOr<std::unique_ptr<rpc::AuditTrail::Record>> AuditLog::Admit(
    const rpc::Call& call, const rpc::Method& method) {
  const Recorded recorded = HowRecorded(call, method);
  if (recorded == Recorded::kNothing) return nullptr;
  const bool begins = recorded != Recorded::kEnd;
  RETURN_IF_ERROR(writer_.Reserve(begins ? 2 : 1));
  v1::AuditEntry entry = AdmittedEntry(call, method);
  entry.set_policy_digest(options_.policy_digest);
  auto admitted = std::make_unique<AdmittedCall>(writer_, std::move(entry),
                                                 recorded != Recorded::kBeginAndFailure);
  if (begins) admitted->Begin();
  return std::unique_ptr<Record>(std::move(admitted));
}

void AuditLog::Refuse(const rpc::Call& call, const rpc::Method& method,
                      const rpc::Observation& observation) {
  v1::AuditEntry entry = RefusedEntry(call, method, observation);
  entry.set_policy_digest(options_.policy_digest);
  if (IsToBeWritten(entry)) writer_.Add(entry);
}

// True where a place was kept for the entry; it was counted otherwise.
bool AuditLog::IsToBeWritten(const v1::AuditEntry& entry) {
  const absl::Time now = absl::Now();
  MutexLock lock(mutex_);
  if (counts_.empty()) changed_.notify_all();
  if (counts_.IsAlone(entry, now)) {
    if (writer_.Reserve(1).ok()) return true;
    counts_.Count(entry, now);
  }
  counted_total_.Increment(1);
  return false;
}

void AuditLog::WriteCounted(absl::Time now) {
  const auto has_room = [this] { return writer_.Reserve(1).ok(); };
  for (const v1::AuditEntry& entry : counts_.TakeDue(now, has_room)) writer_.Add(entry);
}

void AuditLog::Run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (counts_.empty()) {
      changed_.wait(mutex_);
      continue;
    }
    changed_.wait_for(mutex_, kLookEvery);
    WriteCounted(absl::Now());
  }
}

}  // namespace sakip::audit
