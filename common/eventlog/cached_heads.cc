#include "common/eventlog/cached_heads.h"

#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

template <typename Value>
void Remember(absl::string_view name, const Value& value,
              absl::flat_hash_map<std::string, Value>& values) {
  if (values.size() >= CachedHeads::kEntriesMax) values.clear();
  values.insert_or_assign(name, value);
}

}  // namespace

void CachedHeads::Apply(const SequencedBatch& batch) {
  for (const auto& [stream, revision] : batch.stream_revisions) {
    Remember(stream, revision, revisions_);
  }
  for (const auto& [agency, head] : batch.agency_heads) Remember(agency, head, agencies_);
}

absl::StatusOr<uint64_t> CachedHeads::StreamRevision(absl::string_view stream) const {
  const auto known = revisions_.find(stream);
  if (known != revisions_.end()) return known->second;
  ASSIGN_OR_RETURN(const uint64_t revision, heads_.StreamRevision(stream));
  Remember(stream, revision, revisions_);
  return revision;
}

absl::StatusOr<AgencyHead> CachedHeads::Agency(absl::string_view agency) const {
  const auto known = agencies_.find(agency);
  if (known != agencies_.end()) return known->second;
  ASSIGN_OR_RETURN(const AgencyHead head, heads_.Agency(agency));
  Remember(agency, head, agencies_);
  return head;
}

}  // namespace sakip::eventlog
