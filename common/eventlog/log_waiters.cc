#include "common/eventlog/log_waiters.h"

namespace sakip::eventlog {

WaitId LogWaiters::Add(uint64_t position, std::function<void()> ready) {
  WaitId id;
  {
    MutexLock lock(mutex_);
    id = ++last_id_;
    if (!stopped_ && end_position_ <= position) {
      waits_.emplace(Key(position, id), std::move(ready));
      positions_.emplace(id, position);
      return id;
    }
  }
  ready();
  return id;
}

void LogWaiters::Cancel(WaitId id) {
  MutexLock lock(mutex_);
  const auto position = positions_.find(id);
  if (position != positions_.end()) {
    waits_.erase(Key(position->second, id));
    positions_.erase(position);
    return;
  }
  while (running_ == id && running_thread_ != std::this_thread::get_id()) call_ended_.wait(mutex_);
}

void LogWaiters::Advance(uint64_t end_position) {
  {
    MutexLock lock(mutex_);
    end_position_ = end_position;
  }
  CallReady();
}

void LogWaiters::Stop() {
  {
    MutexLock lock(mutex_);
    stopped_ = true;
  }
  CallReady();
}

void LogWaiters::CallReady() {
  while (true) {
    std::function<void()> ready;
    {
      MutexLock lock(mutex_);
      const auto first = waits_.begin();
      if (first == waits_.end() || (!stopped_ && first->first.first >= end_position_)) return;
      running_ = first->first.second;
      running_thread_ = std::this_thread::get_id();
      ready = std::move(first->second);
      positions_.erase(running_);
      waits_.erase(first);
    }
    ready();
    // What the callback holds may be what the canceller is about to destroy.
    ready = nullptr;
    MutexLock lock(mutex_);
    running_ = 0;
    call_ended_.notify_all();
  }
}

}  // namespace sakip::eventlog
