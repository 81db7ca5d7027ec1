#include "common/eventlog/follower.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

// Borrows `apply`.
class RecordStream final : public MessageStream<v1::FollowRecordsResponse> {
 public:
  RecordStream(std::unique_ptr<Reader> reader, const Follower::Apply& apply)
      : MessageStream(std::move(reader)), apply_(apply) {}

  absl::Status Check(uint64_t from_position) override {
    uint64_t lowest = from_position;
    records_.clear();
    records_.reserve(message().records_size());
    for (v1::StoredRecord& wire : *message().mutable_records()) {
      StoredRecord record = {std::move(*wire.mutable_record()),
                             std::move(*wire.mutable_leaf_hash())};
      const uint64_t position = PositionOf(record.record);
      RETURN_IF_ERROR(VerifyRecord(position, record));
      RETURN_IF_ERROR(CheckPosition(position, next_position(), lowest));
      records_.push_back(std::move(record));
    }
    return absl::OkStatus();
  }

  absl::Status Apply() override {
    // A stream that waits holds no records.
    const std::vector<StoredRecord> records = std::exchange(records_, {});
    return apply_(records, next_position());
  }

 private:
  const Follower::Apply& apply_;
  std::vector<StoredRecord> records_;  // Of the message, checked.
};

}  // namespace

Follower::Follower(std::unique_ptr<v1::EventLogService::StubInterface> stub,
                   const FollowerOptions& options, Apply apply)
    : StreamFollower(
          options, [stub = std::shared_ptr(std::move(stub)), scope = options.scope,
                    apply = std::move(apply)](grpc::ClientContext& context, uint64_t position) {
            v1::FollowRecordsRequest request;
            request.set_from_position(position);
            request.set_scope(scope);
            return std::make_unique<RecordStream>(stub->FollowRecords(&context, request), apply);
          }) {}

}  // namespace sakip::eventlog
