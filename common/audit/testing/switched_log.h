// SwitchedLog is a log in memory that takes no writes, or keeps them waiting, when it is told to.
#ifndef SAKIP_COMMON_AUDIT_TESTING_SWITCHED_LOG_H_
#define SAKIP_COMMON_AUDIT_TESTING_SWITCHED_LOG_H_

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/memory_event_log.h"

namespace sakip::audit {

// Thread-safe.
class SwitchedLog final : public eventlog::EventLog {
 public:
  // Writes are refused with `why` from now on; OK takes them again.
  void Refuse(const absl::Status& why) {
    MutexLock lock(mutex_);
    refusal_ = why;
  }

  // Writes wait from now on.
  void Hold() {
    MutexLock lock(mutex_);
    holding_ = true;
  }

  // Lets them go on; those that wait first.
  void Release() {
    std::vector<std::function<void()>> held;
    {
      MutexLock lock(mutex_);
      holding_ = false;
      held.swap(held_);
    }
    for (const auto& write : held) write();
  }

  void AppendAll(std::vector<eventlog::AppendRequest> requests,
                 eventlog::AppendAllCallback done) override {
    absl::Status refusal;
    {
      MutexLock lock(mutex_);
      refusal = refusal_;
      if (refusal.ok() && holding_) {
        held_.push_back([this, requests = std::move(requests), done = std::move(done)] {
          log_->AppendAll(requests, done);
        });
        return;
      }
    }
    if (!refusal.ok()) return done(refusal);
    log_->AppendAll(std::move(requests), std::move(done));
  }
  void Append(eventlog::AppendRequest request, eventlog::AppendCallback done) override {
    log_->Append(std::move(request), std::move(done));
  }
  absl::StatusOr<std::optional<eventlog::AppendResult>> FindRequest(
      absl::string_view agency, absl::string_view request_id,
      absl::string_view request_digest) const override {
    return log_->FindRequest(agency, request_id, request_digest);
  }
  absl::StatusOr<eventlog::ReadResult> Read(uint64_t from_position,
                                            const eventlog::ReadLimits& limits) const override {
    return log_->Read(from_position, limits);
  }
  uint64_t end_position() const override { return log_->end_position(); }
  absl::StatusOr<merkle::Frontier> Tree(uint64_t size) const override { return log_->Tree(size); }
  absl::StatusOr<std::vector<merkle::Hash>> ProveInclusion(uint64_t position,
                                                           uint64_t size) const override {
    return log_->ProveInclusion(position, size);
  }
  absl::StatusOr<std::vector<merkle::Hash>> ProveConsistency(uint64_t first,
                                                             uint64_t second) const override {
    return log_->ProveConsistency(first, second);
  }
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override {
    return log_->StreamRevision(stream);
  }
  absl::Status Verify(eventlog::ProgressCallback progress) const override {
    return log_->Verify(progress);
  }
  eventlog::WaitId WaitForMore(uint64_t position, std::function<void()> ready) override {
    return log_->WaitForMore(position, std::move(ready));
  }
  void CancelWait(eventlog::WaitId id) override { log_->CancelWait(id); }
  absl::Status Observe(eventlog::CommitObserver observer) override {
    return log_->Observe(std::move(observer));
  }

 private:
  const std::unique_ptr<eventlog::EventLog> log_ = std::make_unique<eventlog::MemoryEventLog>();
  Mutex mutex_;
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::function<void()>> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_TESTING_SWITCHED_LOG_H_
