#include "common/views/row_comparison.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace sakip::views {
namespace {

// A row may be a whole event of megabytes.
constexpr size_t kRowsAtATime = 64;

// The rows of a store by key, a few of them in memory.
class Cursor {
 public:
  explicit Cursor(const ViewStore& store) : store_(store) {}

  absl::Status Next() {
    if (++index_ < rows_.size()) return absl::OkStatus();
    if (at_end_) return absl::OkStatus();
    // The least key after the last one.
    const std::string start = rows_.empty() ? "" : absl::StrCat(rows_.back().first, kNul);
    rows_.clear();
    index_ = 0;
    RETURN_IF_ERROR(store_.Scan({"", start, kRowsAtATime},
                                [this](absl::string_view key, absl::string_view value) {
                                  rows_.emplace_back(key, value);
                                  return true;
                                }));
    at_end_ = rows_.size() < kRowsAtATime;
    return absl::OkStatus();
  }

  bool done() const { return index_ >= rows_.size(); }
  const std::string& key() const { return rows_[index_].first; }
  const std::string& value() const { return rows_[index_].second; }

 private:
  static constexpr absl::string_view kNul{"\0", 1};

  const ViewStore& store_;
  std::vector<std::pair<std::string, std::string>> rows_;
  size_t index_ = 0;
  bool at_end_ = false;
};

}  // namespace

absl::StatusOr<RowComparison> CompareRows(const ViewStore& one, const ViewStore& other) {
  RowComparison result;
  Cursor a(one), b(other);
  RETURN_IF_ERROR(a.Next());
  RETURN_IF_ERROR(b.Next());
  while (!a.done() || !b.done()) {
    const bool has_a = !a.done() && (b.done() || a.key() <= b.key());
    const bool has_b = !b.done() && (a.done() || b.key() <= a.key());
    ++result.rows;
    if (!(has_a && has_b && a.value() == b.value())) {
      if (result.different++ == 0) result.first_different = has_a ? a.key() : b.key();
    }
    RETURN_IF_ERROR(has_a ? a.Next() : absl::OkStatus());
    RETURN_IF_ERROR(has_b ? b.Next() : absl::OkStatus());
  }
  return result;
}

}  // namespace sakip::views
