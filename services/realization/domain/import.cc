#include "services/realization/domain/import.h"

#include "absl/strings/str_cat.h"

namespace sakip::realization {

ItemFate DecideItem(ImportStrategy strategy, bool submitted, bool unchanged) {
  if (!submitted) {
    return strategy == ImportStrategy::kUpdate ? ItemFate::kIgnore : ItemFate::kCreate;
  }
  if (strategy == ImportStrategy::kCreate) return ItemFate::kIgnore;
  return unchanged ? ItemFate::kUnchanged : ItemFate::kUpdate;
}

std::string ItemRequestId(absl::string_view import_id, uint32_t index) {
  return absl::StrCat(import_id, ":", index);
}

}  // namespace sakip::realization
