// What becomes of an item of an import. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_IMPORT_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_IMPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::realization {

inline constexpr size_t kImportItemsMax = 10000;                   // A call.
inline constexpr size_t kImportAtomicBytesMax = 16 * 1024 * 1024;  // All or nothing, in sum.
inline constexpr size_t kImportIdBytesMax = 48;  // Leaves room for `:4294967295` in 64.

// Which items are stored.
enum class ImportStrategy { kCreate, kUpdate, kCreateAndUpdate };

enum class ItemFate { kCreate, kUpdate, kUnchanged, kIgnore };

// `submitted`: the quarter has a revision. `unchanged`: its latest has the content of the item.
ItemFate DecideItem(ImportStrategy strategy, bool submitted, bool unchanged);

// The idempotency key of an item.
std::string ItemRequestId(absl::string_view import_id, uint32_t index);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_IMPORT_H_
