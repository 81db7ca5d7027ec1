#include "services/scoring/rpc/scorecard_cache.h"

#include <grpc/slice.h>
#include <lz4.h>

#include <iterator>
#include <utility>

#include "common/base/log.h"

namespace sakip::scoring {
namespace {

absl::string_view ToText(const grpc::Slice& bytes) {
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

}  // namespace

PackedBytes::PackedBytes(absl::string_view bytes)
    : unpacked_size_(bytes.size()),
      packed_(static_cast<size_t>(LZ4_compressBound(static_cast<int>(bytes.size()))), '\0') {
  const int size =
      LZ4_compress_default(bytes.data(), packed_.data(), static_cast<int>(bytes.size()),
                           static_cast<int>(packed_.size()));
  SAKIP_CHECK(size > 0);
  packed_.resize(static_cast<size_t>(size));
  packed_.shrink_to_fit();
}

grpc::Slice PackedBytes::Unpack() const {
  grpc_slice slice = grpc_slice_malloc(unpacked_size_);
  const int size =
      LZ4_decompress_safe(packed_.data(), reinterpret_cast<char*>(GRPC_SLICE_START_PTR(slice)),
                          static_cast<int>(packed_.size()), static_cast<int>(unpacked_size_));
  SAKIP_CHECK(size == static_cast<int>(unpacked_size_));
  return grpc::Slice(slice, grpc::Slice::STEAL_REF);
}

ScorecardCache::ScorecardCache(size_t bytes_max, size_t waiting_bytes_max)
    : bytes_max_(bytes_max), waiting_bytes_max_(waiting_bytes_max), packing_([this] { Pack(); }) {}

ScorecardCache::~ScorecardCache() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  packing_.join();
}

std::optional<grpc::Slice> ScorecardCache::Find(const std::string& key, const LatestChange& change,
                                                const AsOf& state) {
  std::shared_ptr<const PackedBytes> packed;
  {
    MutexLock lock(mutex_);
    const auto it = by_key_.find(key);
    if (it == by_key_.end()) return std::nullopt;
    const Entries::iterator entry = it->second;
    if (!change.IsIn(entry->state)) {
      Drop(entry);
      return std::nullopt;
    }
    // Computed from a later state meanwhile: it may hold what `state` does not.
    if (entry->state.planning > state.planning || entry->state.realization > state.realization) {
      return std::nullopt;
    }
    entries_.splice(entries_.begin(), entries_, entry);
    if (entry->packed == nullptr) return entry->plain;
    packed = entry->packed;
  }
  return packed->Unpack();
}

void ScorecardCache::Keep(const std::string& key, const AsOf& state, grpc::Slice bytes) {
  Entry kept{key, state, 0, std::move(bytes), nullptr};
  if (!MayWait(kept.plain.size())) {
    kept.packed = std::make_shared<const PackedBytes>(ToText(kept.plain));
    kept.plain = grpc::Slice();
  }
  MutexLock lock(mutex_);
  const auto it = by_key_.find(key);
  if (it != by_key_.end()) Drop(it->second);
  if (kept.size() > bytes_max_) return;
  kept.number = kept_++;
  bytes_ += kept.size();
  if (kept.packed == nullptr) {
    waiting_bytes_ += kept.plain.size();
    waiting_.push_back({key, kept.number, kept.plain});
    changed_.notify_all();
  }
  entries_.push_front(std::move(kept));
  by_key_[key] = entries_.begin();
  while (bytes_ > bytes_max_) Drop(std::prev(entries_.end()));
}

bool ScorecardCache::MayWait(size_t bytes) {
  MutexLock lock(mutex_);
  return waiting_bytes_ + bytes <= waiting_bytes_max_;
}

void ScorecardCache::Pack() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(mutex_);
      continue;
    }
    const Waiting& first = waiting_.front();  // Nobody else takes it away.
    mutex_.unlock();
    auto packed = std::make_shared<const PackedBytes>(ToText(first.plain));
    mutex_.lock();
    SetPacked(first, std::move(packed));
    waiting_bytes_ -= first.plain.size();
    waiting_.pop_front();
    if (waiting_.empty()) changed_.notify_all();
  }
}

void ScorecardCache::SetPacked(const Waiting& waiting, std::shared_ptr<const PackedBytes> packed) {
  const auto it = by_key_.find(waiting.key);
  if (it == by_key_.end() || it->second->number != waiting.number) return;
  Entry& entry = *it->second;
  bytes_ -= entry.size();
  entry.packed = std::move(packed);
  entry.plain = grpc::Slice();
  bytes_ += entry.size();
}

void ScorecardCache::WaitUntilPacked() {
  MutexLock lock(mutex_);
  while (!waiting_.empty()) changed_.wait(mutex_);
}

size_t ScorecardCache::size() {
  MutexLock lock(mutex_);
  return bytes_;
}

void ScorecardCache::Drop(Entries::iterator entry) {
  bytes_ -= entry->size();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace sakip::scoring
