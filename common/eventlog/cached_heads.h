// CachedHeads remembers how far streams and agencies are, so that the committer does not read from
// the store what it wrote a moment ago.
#ifndef SAKIP_COMMON_EVENTLOG_CACHED_HEADS_H_
#define SAKIP_COMMON_EVENTLOG_CACHED_HEADS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/sequencer.h"

namespace sakip::eventlog {

// Not thread-safe: for the one thread that writes. Borrows the heads, which change by what Apply is
// told only.
class CachedHeads final : public Heads {
 public:
  // Streams, and agencies, that are remembered at most; all are forgotten when there are more.
  static constexpr size_t kEntriesMax = 16'384;

  explicit CachedHeads(const Heads& heads) : heads_(heads) {}

  // The group was stored.
  void Apply(const SequencedBatch& batch);

  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override;
  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override;
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override {
    return heads_.Request(agency, request_id);
  }
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override {
    return heads_.RecordAt(position);
  }

 private:
  const Heads& heads_;
  mutable absl::flat_hash_map<std::string, uint64_t> revisions_;
  mutable absl::flat_hash_map<std::string, AgencyHead> agencies_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_CACHED_HEADS_H_
