#include "common/eventlog/log_proofs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

absl::Status CheckpointsNotOffered() {
  return MakeError(absl::StatusCode::kUnimplemented, "NOT_OFFERED",
                   "this server does not sign checkpoints");
}

absl::Status NothingSigned(uint64_t size) {
  return MakeError(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                   absl::StrCat("the log is damaged: no checkpoint of ", size,
                                " records can be signed; the server's log of messages says why"));
}

absl::Status Ahead(uint64_t size, uint64_t end) {
  return MakeError(absl::StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG",
                   absl::StrCat("the log has ", end, " records, not ", size),
                   {{"end_position", absl::StrCat(end)}});
}

}  // namespace

void WhenSigned(const EventLog& log, Checkpointer* checkpointer, uint64_t size,
                std::function<void(absl::StatusOr<std::string> signed_note)> done) {
  if (checkpointer == nullptr) return done(CheckpointsNotOffered());
  const uint64_t end = log.end_position();
  if (size > end) return done(Ahead(size, end));
  checkpointer->WaitForSize(size, [checkpointer, size, done = std::move(done)] {
    LatestCheckpoint latest = checkpointer->latest();
    if (latest.size < size) return done(NothingSigned(size));
    done(std::move(latest.note));
  });
}

absl::StatusOr<ProvedRecord> ProveRecord(const EventLog& log, uint64_t position,
                                         uint64_t tree_size) {
  if (position >= tree_size) {
    return InvalidField("position",
                        absl::StrCat("must be less than tree_size, which is ", tree_size));
  }
  ProvedRecord proved;
  ASSIGN_OR_RETURN(proved.path, log.ProveInclusion(position, tree_size));
  ASSIGN_OR_RETURN(ReadResult read, log.Read(position, {.records = 1}));
  proved.record = std::move(read.records.front());
  return proved;
}

absl::StatusOr<std::vector<merkle::Hash>> ProveGrowth(const EventLog& log, uint64_t first,
                                                      uint64_t second) {
  if (first > second) {
    return InvalidField("first_tree_size",
                        absl::StrCat("must not exceed second_tree_size, which is ", second));
  }
  return log.ProveConsistency(first, second);
}

}  // namespace sakip::eventlog
