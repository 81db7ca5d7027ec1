#include "common/views/current_view_store.h"

namespace sakip::views {

void CurrentViewStore::Set(std::shared_ptr<ViewStore> store) {
  {
    MutexLock lock(mutex_);
    store_.swap(store);
  }
  // The one before may be closed here, without the lock.
}

std::shared_ptr<ViewStore> CurrentViewStore::store() const {
  MutexLock lock(mutex_);
  return store_;
}

absl::StatusOr<std::optional<std::string>> CurrentViewStore::Get(absl::string_view key) const {
  return store()->Get(key);
}

absl::Status CurrentViewStore::Scan(const ScanRange& range, const ScanCallback& row) const {
  return store()->Scan(range, row);
}

absl::Status CurrentViewStore::Apply(const ViewBatch& batch, absl::string_view source,
                                     uint64_t expected_position, uint64_t next_position) {
  return store()->Apply(batch, source, expected_position, next_position);
}

absl::StatusOr<uint64_t> CurrentViewStore::Position(absl::string_view source) const {
  return store()->Position(source);
}

}  // namespace sakip::views
