#include "common/views/memory_view_store.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "common/base/status_macros.h"
#include "common/views/view_position.h"

namespace sakip::views {

absl::StatusOr<std::optional<std::string>> MemoryViewStore::Get(absl::string_view key) const {
  MutexLock lock(mutex_);
  const auto row = rows_.find(std::string(key));
  if (row == rows_.end()) return std::nullopt;
  return row->second;
}

absl::Status MemoryViewStore::Scan(const ScanRange& range, const ScanCallback& row) const {
  // Copied first, so that the callback may use the store.
  std::vector<std::pair<std::string, std::string>> found;
  {
    MutexLock lock(mutex_);
    for (auto next = rows_.lower_bound(std::max(range.prefix, range.start));
         next != rows_.end() && absl::StartsWith(next->first, range.prefix) &&
         found.size() < range.rows_max;
         ++next) {
      found.push_back(*next);
    }
  }
  for (const auto& [key, value] : found) {
    if (!row(key, value)) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryViewStore::Apply(const ViewBatch& batch, absl::string_view source,
                                    uint64_t expected_position, uint64_t next_position) {
  MutexLock lock(mutex_);
  const auto current = positions_.find(std::string(source));
  RETURN_IF_ERROR(CheckPosition(source, current == positions_.end() ? 0 : current->second,
                                expected_position, next_position));
  for (const ViewBatch::Change& change : batch.changes()) {
    if (change.value.has_value()) {
      rows_[change.key] = *change.value;
    } else {
      rows_.erase(change.key);
    }
  }
  positions_[std::string(source)] = next_position;
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> MemoryViewStore::Position(absl::string_view source) const {
  MutexLock lock(mutex_);
  const auto position = positions_.find(std::string(source));
  return position == positions_.end() ? 0 : position->second;
}

}  // namespace sakip::views
