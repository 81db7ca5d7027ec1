#include "common/eventlog/verify/history_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/record_links.h"

namespace sakip::eventlog {
namespace {

absl::Status CheckpointDiffers(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "CHECKPOINT_DIFFERS", why);
}

}  // namespace

absl::Status HistoryDamaged(uint64_t position, absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                   absl::StrCat("position ", position, ": ", why),
                   {{"position", absl::StrCat(position)}});
}

HistoryCheck::HistoryCheck(std::optional<note::Checkpoint> older) : older_(std::move(older)) {}

absl::Status HistoryCheck::Add(absl::string_view record, const merkle::Hash& leaf_hash) {
  RETURN_IF_ERROR(CheckLinks(record, leaf_hash));
  frontier_.Append(leaf_hash);
  if (older_.has_value() && older_->size == size()) return CheckOlder(frontier_.Root());
  return absl::OkStatus();
}

absl::Status HistoryCheck::CheckLinks(absl::string_view record, const merkle::Hash& leaf_hash) {
  const uint64_t position = size();
  const auto links = ScanRecord(record);
  if (!links.has_value()) return HistoryDamaged(position, "its bytes are no record");
  if (links->position != position) {
    return HistoryDamaged(position,
                          absl::StrCat("the record of position ", links->position, " stands here"));
  }
  StreamState* const stream = StreamOf(links->stream);
  if (stream == nullptr)
    return HistoryDamaged(position, "its stream lies in no agency and no region");
  if (links->stream_revision != ++stream->revision) {
    return HistoryDamaged(
        position, absl::StrCat("it is revision ", links->stream_revision, " of its stream, and ",
                               stream->revision, " is next"));
  }
  AgencyState& agency = *stream->agency;
  const absl::string_view previous =
      agency.sequence == 0 ? absl::string_view() : merkle::View(agency.leaf_hash);
  if (links->agency_sequence != ++agency.sequence) {
    return HistoryDamaged(
        position, absl::StrCat("it is number ", links->agency_sequence, " of its agency, ", "and ",
                               agency.sequence, " is next"));
  }
  if (links->previous_agency_hash != previous) {
    return HistoryDamaged(position, "it does not follow on the record before it of its agency");
  }
  agency.leaf_hash = leaf_hash;
  return absl::OkStatus();
}

HistoryCheck::StreamState* HistoryCheck::StreamOf(absl::string_view stream) {
  // A copy of the name is made only where it is new, and only then is it taken apart.
  if (const auto found = streams_.find(stream); found != streams_.end()) return &found->second;
  const absl::string_view agency = OwnerOf(stream);
  if (agency.empty()) return nullptr;
  StreamState& state = streams_[std::string(stream)];
  state.agency = &agencies_[std::string(agency)];
  return &state;
}

absl::Status HistoryCheck::CheckOlder(const merkle::Hash& root) const {
  if (merkle::View(root) == older_->root) return absl::OkStatus();
  return CheckpointDiffers(absl::StrCat("the records before position ", older_->size,
                                        " are not those of the older checkpoint: at least one was "
                                        "changed since"));
}

absl::Status HistoryCheck::Finish(const note::Checkpoint& signed_head) {
  if (size() != signed_head.size) {
    return CheckpointDiffers(absl::StrCat("there are ", size(), " records, and the checkpoint is ",
                                          "of ", signed_head.size));
  }
  if (merkle::View(frontier_.Root()) != signed_head.root) {
    const bool from_older = older_.has_value() && older_->size <= size() && older_->size > 0;
    return CheckpointDiffers(
        absl::StrCat("the records are not those that the log signed: at least one from position ",
                     from_older ? older_->size : 0, " on was replaced together with its hash"));
  }
  if (!older_.has_value()) return absl::OkStatus();
  if (older_->origin != signed_head.origin) {
    return CheckpointDiffers(absl::StrCat("the older checkpoint is of ", older_->origin,
                                          ", this log is ", signed_head.origin));
  }
  if (older_->size > size()) {
    return CheckpointDiffers(absl::StrCat("the log ends at ", size(), ", and it signed ",
                                          older_->size, " records before: it was rolled back"));
  }
  return older_->size == 0 ? CheckOlder(merkle::EmptyRoot()) : absl::OkStatus();
}

}  // namespace sakip::eventlog
