// CountedViewStore counts the rows that scans show.
#ifndef SAKIP_SERVICES_SCORING_STORE_TESTING_COUNTED_VIEW_STORE_H_
#define SAKIP_SERVICES_SCORING_STORE_TESTING_COUNTED_VIEW_STORE_H_

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

#include "common/views/memory_view_store.h"

namespace sakip::scoring {

// Thread-safe. In memory.
class CountedViewStore final : public views::ViewStore {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    return store_.Get(key);
  }
  absl::Status Scan(const views::ScanRange& range, const views::ScanCallback& row) const override {
    return store_.Scan(range, [&](absl::string_view key, absl::string_view value) {
      ++rows;
      if (key.substr(0, 2) == "p/") ++policy_rows;
      return row(key, value);
    });
  }
  absl::Status Apply(const views::ViewBatch& batch, absl::string_view source,
                     uint64_t expected_position, uint64_t next_position) override {
    return store_.Apply(batch, source, expected_position, next_position);
  }
  absl::StatusOr<uint64_t> Position(absl::string_view source) const override {
    return store_.Position(source);
  }

  mutable std::atomic<size_t> rows = 0;
  mutable std::atomic<size_t> policy_rows = 0;  // Of them, those with policies.

 private:
  views::MemoryViewStore store_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_TESTING_COUNTED_VIEW_STORE_H_
