// CurrentViewStore is the view store that serves now: another one can take its place while it is
// read.
#ifndef SAKIP_COMMON_VIEWS_CURRENT_VIEW_STORE_H_
#define SAKIP_COMMON_VIEWS_CURRENT_VIEW_STORE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "common/views/view_store.h"

namespace sakip::views {

// Thread-safe. Needs a store before it is used. Each call goes to one store to its end; of two
// calls the second may go to another one.
class CurrentViewStore final : public ViewStore {
 public:
  // Calls that begin from now on go to `store`. The one before lives until its last call has ended.
  void Set(std::shared_ptr<ViewStore> store);

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Scan(const ScanRange& range, const ScanCallback& row) const override;
  absl::Status Apply(const ViewBatch& batch, absl::string_view source, uint64_t expected_position,
                     uint64_t next_position) override;
  absl::StatusOr<uint64_t> Position(absl::string_view source) const override;

 private:
  std::shared_ptr<ViewStore> store() const;

  mutable Mutex mutex_;
  std::shared_ptr<ViewStore> store_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_CURRENT_VIEW_STORE_H_
