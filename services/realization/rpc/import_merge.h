// Merges the lines of an item of an import with those of the revision that it supersedes. Pure
// functions.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_MERGE_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_MERGE_H_

#include "absl/status/statusor.h"
#include "sakip/realization/v1/submission.pb.h"

namespace sakip::realization {

// `item` with the lines of `latest` that it does not have: lines of `latest` first, in their order,
// each replaced by the item's of the same code, then the item's new ones.
//
//   INVALID_ARGUMENT  INVALID_FIELD  the coverages differ, so the figures do not go together; or
//                                    the result has too many lines.
absl::StatusOr<v1::Submission> MergeLines(const v1::Submission& latest, const v1::Submission& item);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_MERGE_H_
