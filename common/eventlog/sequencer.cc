#include "common/eventlog/sequencer.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

absl::Status RevisionConflict(const AppendRequest& request, uint64_t current) {
  return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                   absl::StrCat(request.stream, " is at revision ", current, ", not ",
                                request.expected_revision),
                   {{"current_revision", absl::StrCat(current)}});
}

// A record keeps whole nanoseconds; the answer must not know more than the record.
absl::Time WholeNanoseconds(absl::Time time) {
  return absl::FromUnixNanos(absl::ToUnixNanos(time));
}

}  // namespace

Sequencer::Sequencer(const LogHead& head, const Heads& heads, absl::Time now) : heads_(heads) {
  batch_.first_position = head.end_position();
  batch_.head = {head.tree, std::max(head.recorded_time, WholeNanoseconds(now))};
}

absl::StatusOr<AppendResult> Sequencer::Add(CheckedAppend append) {
  // A repeat comes first: its stream has moved on since, by the request itself.
  ASSIGN_OR_RETURN(std::optional<AppendResult> repeated, FindRepeated(append));
  if (repeated.has_value()) return *std::move(repeated);
  ASSIGN_OR_RETURN(const uint64_t revision, StreamRevision(append.request.stream));
  if (revision != append.request.expected_revision) {
    return RevisionConflict(append.request, revision);
  }
  ASSIGN_OR_RETURN(AgencyHead agency_head, Agency(append.agency));
  return Store(std::move(append), revision, std::move(agency_head));
}

absl::StatusOr<std::vector<AppendResult>> Sequencer::AddAll(std::vector<CheckedAppend> appends) {
  if (appends.size() == 1) {
    auto result = Add(std::move(appends.front()));
    if (!result.ok()) return result.status();
    return std::vector<AppendResult>{*std::move(result)};
  }
  // They are tried in a group of their own on top of this one, which is thrown away where one of
  // them is refused.
  Sequencer together(batch_.head, *this, batch_.head.recorded_time);
  std::vector<AppendResult> results;
  results.reserve(appends.size());
  for (CheckedAppend& append : appends) {
    auto result = together.Add(std::move(append));
    if (!result.ok()) return WithFact(result.status(), "index", absl::StrCat(results.size()));
    results.push_back(*std::move(result));
  }
  Merge(together.Finish());
  return results;
}

void Sequencer::Merge(SequencedBatch batch) {
  std::move(batch.records.begin(), batch.records.end(), std::back_inserter(batch_.records));
  std::move(batch.nodes.begin(), batch.nodes.end(), std::back_inserter(batch_.nodes));
  for (auto& [stream, revision] : batch.stream_revisions) {
    batch_.stream_revisions[stream] = revision;
  }
  for (auto& [agency, head] : batch.agency_heads) batch_.agency_heads[agency] = std::move(head);
  for (auto& [name, row] : batch.requests) batch_.requests[name] = std::move(row);
  batch_.head = std::move(batch.head);
}

absl::StatusOr<std::optional<AppendResult>> Sequencer::FindRepeated(
    const CheckedAppend& append) const {
  const AppendRequest& request = append.request;
  ASSIGN_OR_RETURN(const std::optional<RequestRow> row, Request(append.agency, request.request_id));
  if (!row.has_value()) return std::nullopt;
  if (row->digest != request.request_digest) return RequestIdReused(request.request_id);
  ASSIGN_OR_RETURN(const StoredRecord last, RecordAt(row->last_position));
  RETURN_IF_ERROR(VerifyRecord(row->last_position, last));
  return RepeatedResult(*row, last);
}

absl::StatusOr<std::optional<RequestRow>> Sequencer::Request(absl::string_view agency,
                                                             absl::string_view request_id) const {
  const auto added =
      batch_.requests.find(RequestName(std::string{agency}, std::string{request_id}));
  if (added != batch_.requests.end()) return added->second;
  return heads_.Request(agency, request_id);
}

absl::StatusOr<StoredRecord> Sequencer::RecordAt(uint64_t position) const {
  if (position < batch_.first_position) return heads_.RecordAt(position);
  return batch_.records[position - batch_.first_position];
}

absl::StatusOr<uint64_t> Sequencer::StreamRevision(absl::string_view stream) const {
  const auto changed = batch_.stream_revisions.find(stream);
  if (changed != batch_.stream_revisions.end()) return changed->second;
  return heads_.StreamRevision(stream);
}

absl::StatusOr<AgencyHead> Sequencer::Agency(absl::string_view agency) const {
  const auto changed = batch_.agency_heads.find(agency);
  if (changed != batch_.agency_heads.end()) return changed->second;
  return heads_.Agency(agency);
}

AppendResult Sequencer::Store(CheckedAppend append, uint64_t stream_revision,
                              AgencyHead agency_head) {
  AppendRequest& request = append.request;
  AppendResult result;
  result.first_position = batch_.head.end_position();
  result.recorded_time = batch_.head.recorded_time;
  for (NewEvent& event : request.events) {
    StoredRecord record = MakeRecord({.position = batch_.head.end_position(),
                                      .stream_revision = ++stream_revision,
                                      .agency_sequence = ++agency_head.sequence,
                                      .previous_agency_hash = std::move(agency_head.leaf_hash),
                                      .recorded_time = batch_.head.recorded_time},
                                     request, std::move(event));
    agency_head.leaf_hash = record.leaf_hash;
    result.last_position = batch_.head.end_position();
    AddRecord(std::move(record));
  }
  result.stream_revision = stream_revision;
  result.leaf_hash = agency_head.leaf_hash;
  batch_.requests[RequestName(append.agency, std::move(request.request_id))] = {
      std::move(request.request_digest), result.first_position, result.last_position,
      stream_revision};
  batch_.stream_revisions[std::move(request.stream)] = stream_revision;
  batch_.agency_heads[std::move(append.agency)] = std::move(agency_head);
  return result;
}

void Sequencer::AddRecord(StoredRecord record) {
  batch_.head.tree.Append(*merkle::ToHash(record.leaf_hash),
                          [this](const merkle::NodeId& id, const merkle::Hash& hash) {
                            batch_.nodes.push_back({id, hash});
                          });
  batch_.records.push_back(std::move(record));
}

}  // namespace sakip::eventlog
