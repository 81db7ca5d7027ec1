#include "services/scoring/rpc/scorecard_cache.h"

#include <grpc/slice.h>
#include <lz4.h>

#include <utility>

#include "common/base/log.h"

namespace sakip::scoring {

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

std::shared_ptr<const PackedBytes> ScorecardCache::Find(const std::string& key,
                                                        const LatestChange& change,
                                                        const AsOf& state) {
  MutexLock lock(mutex_);
  const auto it = by_key_.find(key);
  if (it == by_key_.end()) return nullptr;
  const Entries::iterator entry = it->second;
  if (!change.IsIn(entry->state)) {
    Drop(entry);
    return nullptr;
  }
  // Computed from a later state meanwhile: it may hold what `state` does not.
  if (entry->state.planning > state.planning || entry->state.realization > state.realization) {
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->bytes;
}

void ScorecardCache::Keep(const std::string& key, const AsOf& state, absl::string_view bytes) {
  Entry kept{key, state, std::make_shared<const PackedBytes>(bytes)};
  MutexLock lock(mutex_);
  const auto it = by_key_.find(key);
  if (it != by_key_.end()) Drop(it->second);
  if (kept.size() > bytes_max_) return;
  bytes_ += kept.size();
  entries_.push_front(std::move(kept));
  by_key_[key] = entries_.begin();
  while (bytes_ > bytes_max_) Drop(std::prev(entries_.end()));
}

void ScorecardCache::Drop(Entries::iterator entry) {
  bytes_ -= entry->size();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace sakip::scoring
