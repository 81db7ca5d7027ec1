#include "services/realization/rpc/import_options.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"

namespace sakip::realization {
namespace {

using Options = v1::ImportOptions;

constexpr size_t kReasonCharactersMax = 2000;

void CheckChoices(const Options& options, FieldErrors& errors) {
  if (options.strategy() < Options::STRATEGY_CREATE ||
      options.strategy() > Options::STRATEGY_CREATE_AND_UPDATE) {
    errors.Add("options.strategy",
               "is missing; STRATEGY_CREATE, STRATEGY_UPDATE or STRATEGY_CREATE_AND_UPDATE");
  }
  if (options.atomicity() < Options::ATOMICITY_PER_ITEM ||
      options.atomicity() > Options::ATOMICITY_ALL_OR_NOTHING) {
    errors.Add("options.atomicity", "is missing; ATOMICITY_PER_ITEM or ATOMICITY_ALL_OR_NOTHING");
  }
  if (options.lines() < Options::LINES_REPLACE || options.lines() > Options::LINES_MERGE) {
    errors.Add("options.lines", "is missing; LINES_REPLACE or LINES_MERGE");
  }
}

}  // namespace

absl::Status CheckImportOptions(const Options& options) {
  FieldErrors errors;
  const auto parent = ParseResourceName(options.parent());
  if (!parent.ok() || !parent->collection.empty()) {
    errors.Add("options.parent", "is no region and no agency");
  }
  if (options.import_id().size() > kImportIdBytesMax) {
    errors.Add("options.import_id",
               absl::StrCat("is longer than ", kImportIdBytesMax, " characters"));
  }
  CheckChoices(options, errors);
  const absl::Status reason = CheckText(options.reason(), 0, kReasonCharactersMax);
  if (!reason.ok()) errors.Add("options.reason", reason.message());
  if (options.item_count() > kImportItemsMax) {
    errors.Add("options.item_count",
               absl::StrCat("is ", options.item_count(), "; at most ", kImportItemsMax,
                            " a call, send further ones in another"));
  }
  if (IsAllOrNothing(options) && options.item_count() == 0) {
    errors.Add("options.item_count", "is missing; all or nothing needs it");
  }
  if (options.first_item_index() > std::numeric_limits<uint32_t>::max() - kImportItemsMax) {
    errors.Add("options.first_item_index", "is too large");
  }
  return errors.ToStatus();
}

ImportStrategy StrategyOf(const Options& options) {
  switch (options.strategy()) {
    case Options::STRATEGY_CREATE:
      return ImportStrategy::kCreate;
    case Options::STRATEGY_UPDATE:
      return ImportStrategy::kUpdate;
    default:
      return ImportStrategy::kCreateAndUpdate;
  }
}

}  // namespace sakip::realization
