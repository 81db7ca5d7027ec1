// ViewStore keeps a view: what was folded out of one or more event logs, together with how far each
// of them was folded. A view owns no facts: whoever lost it follows the logs again from position 0.
#ifndef SAKIP_COMMON_VIEWS_VIEW_STORE_H_
#define SAKIP_COMMON_VIEWS_VIEW_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip::views {

// Changes of rows, made in the order given: of several of one key the last one holds. A value.
class ViewBatch {
 public:
  struct Change {
    std::string key;
    std::optional<std::string> value;  // The row goes away where empty.
  };

  void Put(absl::string_view key, std::string value) {
    changes_.push_back({std::string(key), std::move(value)});
  }
  void Delete(absl::string_view key) { changes_.push_back({std::string(key), std::nullopt}); }

  const std::vector<Change>& changes() const { return changes_; }

 private:
  std::vector<Change> changes_;
};

// Which rows to scan.
struct ScanRange {
  std::string prefix;      // Of the keys; all rows where empty.
  std::string start = {};  // First key wanted; the first of the prefix where empty.
  size_t rows_max = static_cast<size_t>(-1);  // At most so many.
};

// Called with each row; false ends the scan. The views are good for the call only.
using ScanCallback = std::function<bool(absl::string_view key, absl::string_view value)>;

// Thread-safe. A read sees all of a batch or nothing of it.
class ViewStore {
 public:
  virtual ~ViewStore() = default;

  // The value of a row; nothing where there is none.
  //
  //   DATA_LOSS  VIEW_DAMAGED  it cannot be read; wipe the view and build it again.
  virtual absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const = 0;

  // Calls `row` for the rows of a range in the order of their keys, as they were when it began.
  //
  //   DATA_LOSS  VIEW_DAMAGED  as Get; rows may have been shown before.
  virtual absl::Status Scan(const ScanRange& range, const ScanCallback& row) const = 0;

  // Makes the changes and moves the position of `source` from `expected_position` to
  // `next_position`, all in one write: the data is never ahead of or behind its position. A batch
  // that comes a second time is refused and changes nothing, so a replayed event does no harm.
  //
  //   ABORTED           VIEW_POSITION_CONFLICT  the source is not at `expected_position`; the fact
  //                                             `current_position` tells where it is. Read on
  //                                             there.
  //   INVALID_ARGUMENT  INVALID_FIELD           `next_position` is before `expected_position`.
  //   UNAVAILABLE       VIEW_STOPPED            it could not be written; whether it was is told by
  //                                             Position once the store was opened again.
  virtual absl::Status Apply(const ViewBatch& batch, absl::string_view source,
                             uint64_t expected_position, uint64_t next_position) = 0;

  // How far the log of `source` was folded: where to follow it on. 0 where it never was.
  virtual absl::StatusOr<uint64_t> Position(absl::string_view source) const = 0;
};

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_VIEW_STORE_H_
