#include "common/eventlog/follow_reactor.h"

#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

// Of 128 records or 64 KiB, of which nothing is for the follower.
constexpr uint64_t kReadsToldOf = 128;

// A large record goes alone, so that no message is much larger than the largest record. What is
// left out is read again.
void LeaveLargeRecord(ReadResult& read) {
  if (read.records.size() < 2 || read.records.back().record.size() <= ReadLimits().bytes) return;
  read.records.pop_back();
  --read.next_position;
}

}  // namespace

absl::StatusOr<ResourceName> ParseScope(absl::string_view text) {
  auto scope = ParseResourceName(text);
  if (!scope.ok()) return InvalidField("scope", scope.status().message());
  if (!scope->collection.empty()) return InvalidField("scope", "is no region and no agency");
  return scope;
}

absl::Status KeepInScope(const ResourceName& scope, ReadResult& result) {
  if (scope.is_all_regions()) return absl::OkStatus();
  std::vector<StoredRecord> kept;
  for (StoredRecord& stored : result.records) {
    ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(stored));
    if (ScopeCovers(scope, OwnerOf(record.stream()))) kept.push_back(std::move(stored));
  }
  result.records = std::move(kept);
  return absl::OkStatus();
}

FollowStream::FollowStream(EventLog& log, std::shared_ptr<rpc::Admission> admission,
                           ResourceName scope, uint64_t from_position, KeepRecords keep)
    : PullStream(std::move(admission)),
      log_(log),
      scope_(std::move(scope)),
      keep_(keep),
      next_position_(from_position) {}

absl::StatusOr<FollowStream::Next> FollowStream::MakeNext() {
  ASSIGN_OR_RETURN(ReadResult read, log_.Read(next_position_, ReadLimits()));
  LeaveLargeRecord(read);
  const bool at_end = read.next_position == read.end_position;
  if (read.next_position == next_position_ && told_end_) return Next::kWait;
  next_position_ = read.next_position;
  RETURN_IF_ERROR(keep_(scope_, read));
  ASSIGN_OR_RETURN(const bool made, MakeMessage(std::move(read.records)));

  // Where nothing is for the follower, only the end is worth a message, and in a long log how far
  // it was read: whoever loses the stream goes on from there.
  read_for_nothing_ = made || at_end ? 0 : read_for_nothing_ + 1;
  if (read_for_nothing_ % kReadsToldOf != 0) return Next::kLater;
  told_end_ = at_end;
  SetPositions(next_position_, read.end_position);
  return Next::kMessage;
}

absl::Time FollowStream::BeginWait() {
  wait_ = log_.WaitForMore(next_position_, Waker());
  return absl::InfiniteFuture();
}

}  // namespace sakip::eventlog
