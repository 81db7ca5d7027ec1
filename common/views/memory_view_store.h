// MemoryViewStore keeps a view in memory, for tests.
#ifndef SAKIP_COMMON_VIEWS_MEMORY_VIEW_STORE_H_
#define SAKIP_COMMON_VIEWS_MEMORY_VIEW_STORE_H_

#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "common/views/view_store.h"

namespace sakip::views {

// Thread-safe. Nothing survives it.
class MemoryViewStore final : public ViewStore {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Scan(const ScanRange& range, const ScanCallback& row) const override;
  absl::Status Apply(const ViewBatch& batch, absl::string_view source, uint64_t expected_position,
                     uint64_t next_position) override;
  absl::StatusOr<uint64_t> Position(absl::string_view source) const override;

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::string> rows_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, uint64_t> positions_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_MEMORY_VIEW_STORE_H_
