// CompareRows tells whether two views hold the same rows.
#ifndef SAKIP_COMMON_VIEWS_ROW_COMPARISON_H_
#define SAKIP_COMMON_VIEWS_ROW_COMPARISON_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/views/view_store.h"

namespace sakip::views {

struct RowComparison {
  uint64_t rows = 0;       // Keys that at least one of them has.
  uint64_t different = 0;  // Those that one lacks, or that have other bytes.
  std::string first_different;
};

// Reads all rows of both, a few at a time. Nobody writes to either meanwhile.
//   DATA_LOSS  VIEW_DAMAGED  one of them cannot be read.
absl::StatusOr<RowComparison> CompareRows(const ViewStore& one, const ViewStore& other);

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_ROW_COMPARISON_H_
