// Pages of lists (AIP-158): how large they are and where the next begins. Pure functions.
//
// A token names the last item of its page, not a number of items: pages stay right while items come
// and go. It belongs to its list: one of another list, or of another filter, is refused.
#ifndef SAKIP_COMMON_PAGING_PAGE_H_
#define SAKIP_COMMON_PAGING_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip {

struct PageSizes {
  int standard = 100;  // Where the caller gives none.
  int most = 1000;     // What is more counts as this.
};

// INVALID_FIELD `page_size` where `requested` is negative.
absl::StatusOr<int> PageSize(int32_t requested, const PageSizes& sizes);

// `list` is what makes the list this one: method, parent, filters. `last_key` is the key of the
// last item of the page.
std::string MakePageToken(absl::string_view list, absl::string_view last_key);

// The key after which the page begins; empty for an empty token.
//   INVALID_ARGUMENT  INVALID_FIELD  `page_token` is not of this list.
absl::StatusOr<std::string> ParsePageToken(absl::string_view list, absl::string_view token);

}  // namespace sakip

#endif  // SAKIP_COMMON_PAGING_PAGE_H_
