#include "common/eventlog/verify/leaf_checker.h"

#include <utility>

namespace sakip::eventlog {
namespace {

constexpr size_t kQueuedChunksMax = 3;

std::optional<uint64_t> FirstBad(const ExportChunk& chunk) {
  for (size_t i = 0; i < chunk.frames.size(); ++i) {
    const ExportChunk::Frame& frame = chunk.frames[i];
    if (merkle::HashLeaf(chunk.record(frame)) != chunk.leaf_hash(frame)) {
      return chunk.first_position + i;
    }
  }
  return std::nullopt;
}

}  // namespace

LeafChecker::LeafChecker() : thread_([this] { Run(); }) {}

LeafChecker::~LeafChecker() { Finish(); }

void LeafChecker::Submit(std::shared_ptr<const ExportChunk> chunk) {
  MutexLock lock(mutex_);
  while (queue_.size() >= kQueuedChunksMax) changed_.wait(mutex_);
  queue_.push_back(std::move(chunk));
  changed_.notify_all();
}

bool LeafChecker::found_bad() {
  MutexLock lock(mutex_);
  return bad_.has_value();
}

std::optional<uint64_t> LeafChecker::Finish() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  MutexLock lock(mutex_);
  return bad_;
}

void LeafChecker::Run() {
  while (true) {
    std::shared_ptr<const ExportChunk> chunk;
    {
      MutexLock lock(mutex_);
      while (queue_.empty() && !ending_) changed_.wait(mutex_);
      if (queue_.empty()) return;
      chunk = std::move(queue_.front());
      queue_.pop_front();
      changed_.notify_all();
      // Chunks come in order: after a bad one nothing earlier can follow.
      if (bad_.has_value()) continue;
    }
    const std::optional<uint64_t> bad = FirstBad(*chunk);
    if (!bad.has_value()) continue;
    MutexLock lock(mutex_);
    bad_ = bad;
  }
}

}  // namespace sakip::eventlog
