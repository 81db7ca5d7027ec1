#include "services/scoring/store/progress.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sakip::scoring {

Positions Progress::read() const {
  MutexLock lock(mutex_);
  return read_;
}

bool Progress::Reached(const Positions& at_least) const {
  MutexLock lock(mutex_);
  return !held_back_ && read_.Reach(at_least);
}

void Progress::HoldBack() {
  MutexLock lock(mutex_);
  held_back_ = true;
}

void Progress::Release() {
  std::vector<std::function<void()>> ready;
  {
    MutexLock lock(mutex_);
    held_back_ = false;
    ready = TakeReady();
  }
  for (const auto& call : ready) call();
}

void Progress::LearnEnd(Source source, uint64_t end) {
  MutexLock lock(mutex_);
  auto& known = source == Source::kPlanning ? planning_end_ : realization_end_;
  known = std::max(known.value_or(0), end);
}

void Progress::ForgetEnds() {
  MutexLock lock(mutex_);
  planning_end_.reset();
  realization_end_.reset();
}

bool Progress::IsKnown(const Positions& at_least) const {
  MutexLock lock(mutex_);
  constexpr uint64_t kUnheard = std::numeric_limits<uint64_t>::max();
  const Positions end{planning_end_.value_or(kUnheard), realization_end_.value_or(kUnheard)};
  return end.Reach(at_least);
}

bool Progress::TakeUnknownPlace() {
  MutexLock lock(mutex_);
  if (unknown_places_taken_ == kUnknownPlaces) return false;
  ++unknown_places_taken_;
  return true;
}

void Progress::GiveUnknownPlace() {
  MutexLock lock(mutex_);
  --unknown_places_taken_;
}

void Progress::Advance(Source source, uint64_t position) {
  std::vector<std::function<void()>> ready;
  {
    MutexLock lock(mutex_);
    (source == Source::kPlanning ? read_.planning : read_.realization) = position;
    ready = TakeReady();
  }
  for (const auto& call : ready) call();
}

std::vector<std::function<void()>> Progress::TakeReady() {
  std::vector<std::function<void()>> ready;
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    if (!IsDue(it->second)) {
      ++it;
      continue;
    }
    ready.push_back(std::move(it->second.ready));
    it = waiters_.erase(it);
  }
  return ready;
}

Progress::WaitId Progress::Wait(const Positions& at_least, std::function<void()> ready) {
  return Add({at_least, /*for_more=*/false, std::move(ready)});
}

Progress::WaitId Progress::WaitForMore(const Positions& seen, std::function<void()> ready) {
  return Add({seen, /*for_more=*/true, std::move(ready)});
}

Progress::WaitId Progress::Add(Waiter waiter) {
  {
    MutexLock lock(mutex_);
    if (!stopping_ && !IsDue(waiter)) {
      waiters_.emplace(next_id_, std::move(waiter));
      return next_id_++;
    }
  }
  waiter.ready();
  return 0;
}

void Progress::Forget(WaitId id) {
  MutexLock lock(mutex_);
  waiters_.erase(id);
}

void Progress::WakeAll() {
  std::map<WaitId, Waiter> waiters;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    waiters.swap(waiters_);
  }
  for (const auto& [id, waiter] : waiters) waiter.ready();
}

}  // namespace sakip::scoring
