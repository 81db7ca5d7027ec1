// ImportSummary as it is built: outcomes in the order of the items, counts, and errors that take no
// more room than an answer has.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SUMMARY_H_
#define SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SUMMARY_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "sakip/realization/v1/import_service.pb.h"

namespace sakip::realization {

// At most `bytes_max` bytes of `text`, cut between characters of UTF-8.
std::string Shortened(absl::string_view text, size_t bytes_max);

// True where `status` says what is wrong with an item; false where it says that the service cannot
// do its work, which ends the call.
bool IsFaultOfItem(const absl::Status& status);

// Sets what is told of a refused item: fields under `submission.` stand under `items[{index}].`.
void SetFailed(const absl::Status& status, v1::ItemOutcome& outcome);

// Takes the outcomes one by one. Not thread-safe.
class SummaryBuilder {
 public:
  explicit SummaryBuilder(bool dry_run) { summary_.set_dry_run(dry_run); }

  void Add(v1::ItemOutcome outcome);
  v1::ImportSummary Take() { return std::move(summary_); }

  static constexpr size_t kErrorBytesMax = 1024 * 1024;  // In sum; then reasons only.

 private:
  v1::ImportSummary summary_;
  size_t error_bytes_ = 0;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_IMPORT_SUMMARY_H_
