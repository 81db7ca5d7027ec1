// The rule about positions that every view store keeps. Pure.
#ifndef SAKIP_COMMON_VIEWS_VIEW_POSITION_H_
#define SAKIP_COMMON_VIEWS_VIEW_POSITION_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace sakip::views {

// Whether a batch from `expected` to `next` may be applied to a view whose `source` is at
// `current`. Errors are those of ViewStore::Apply.
absl::Status CheckPosition(absl::string_view source, uint64_t current, uint64_t expected,
                           uint64_t next);

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_VIEW_POSITION_H_
