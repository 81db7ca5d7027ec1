// The options of an import: checked, and as the domain has them. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_OPTIONS_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_OPTIONS_H_

#include "absl/status/status.h"
#include "sakip/realization/v1/import_service.pb.h"
#include "services/realization/domain/import.h"

namespace sakip::realization {

// INVALID_ARGUMENT INVALID_FIELD under `options.`; every wrong field is named.
absl::Status CheckImportOptions(const v1::ImportOptions& options);

// Requires options that passed the check.
ImportStrategy StrategyOf(const v1::ImportOptions& options);

inline bool IsAllOrNothing(const v1::ImportOptions& options) {
  return options.atomicity() == v1::ImportOptions::ATOMICITY_ALL_OR_NOTHING;
}

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_OPTIONS_H_
