#include "common/eventlog/follower.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

// Takes the records out of a message and checks them. Positions grow but need not be dense: those
// of others are left out.
absl::StatusOr<std::vector<StoredRecord>> TakeVerified(uint64_t from_position,
                                                       v1::FollowRecordsResponse& response) {
  std::vector<StoredRecord> records;
  records.reserve(response.records_size());
  uint64_t lowest = from_position;
  for (v1::StoredRecord& wire : *response.mutable_records()) {
    StoredRecord record = {std::move(*wire.mutable_record()), std::move(*wire.mutable_leaf_hash())};
    const uint64_t position = PositionOf(record.record);
    RETURN_IF_ERROR(VerifyRecord(position, record));
    if (position < lowest || position >= response.next_position()) {
      return absl::DataLossError(absl::StrCat("position ", position, " is not between ", lowest,
                                              " and ", response.next_position()));
    }
    lowest = position + 1;
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Follower::Follower(std::unique_ptr<v1::EventLogService::StubInterface> stub,
                   FollowerOptions options, Apply apply)
    : stub_(std::move(stub)),
      options_(std::move(options)),
      apply_(std::move(apply)),
      backoff_(options_.backoff_min, options_.backoff_max, std::random_device()()),
      next_position_(options_.from_position),
      end_position_(options_.from_position),
      thread_([this] { FollowUntilStopped(); }) {}

Follower::~Follower() { Stop(); }

void Follower::Stop() {
  {
    MutexLock lock(mutex_);
    if (stopping_) {
      while (!stopped_) stopping_changed_.wait(mutex_);
      return;
    }
    stopping_ = true;
    if (stream_ != nullptr) stream_->TryCancel();
    stopping_changed_.notify_all();
  }
  thread_.join();
  MutexLock lock(mutex_);
  stopped_ = true;
  stopping_changed_.notify_all();
}

absl::Status Follower::last_error() const {
  MutexLock lock(mutex_);
  return last_error_;
}

void Follower::FollowUntilStopped() {
  bool stopping = false;
  while (!stopping) {
    bool progress = false;
    const absl::Status status = FollowOnce(progress);
    connected_ = false;
    // A good stream that ends by its deadline is no fault. It is renewed after a wait too, so that
    // no answer of a source makes this loop spin.
    if (!progress || !absl::IsDeadlineExceeded(status)) Report(status);
    if (progress) backoff_.Reset();
    stopping = WaitBeforeRetry(backoff_.Next());
  }
}

absl::Status Follower::FollowOnce(bool& progress) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + options_.stream_time_max));
  for (const auto& [key, value] : options_.metadata) context.AddMetadata(key, value);
  {
    MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError();
    stream_ = &context;
  }
  v1::FollowRecordsRequest request;
  request.set_from_position(next_position_);
  request.set_scope(options_.scope);
  const auto reader = stub_->FollowRecords(&context, request);
  v1::FollowRecordsResponse response;
  absl::Status status;
  while (status.ok() && reader->Read(&response)) {
    status = Take(response);
    progress = progress || status.ok();
  }
  if (!status.ok()) context.TryCancel();
  const grpc::Status ended = reader->Finish();
  MutexLock lock(mutex_);
  stream_ = nullptr;
  return status.ok() ? FromGrpc(ended) : status;
}

absl::Status Follower::Take(v1::FollowRecordsResponse& response) {
  if (response.next_position() < next_position_ ||
      response.end_position() < response.next_position()) {
    return absl::DataLossError(absl::StrCat("the source goes from ", next_position_.load(), " to ",
                                            response.next_position(), " of ",
                                            response.end_position()));
  }
  ASSIGN_OR_RETURN(const std::vector<StoredRecord> records, TakeVerified(next_position_, response));
  {
    MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError();
  }
  // Known before it is applied: the lag must not look smaller than it is.
  end_position_ = response.end_position();
  connected_ = true;
  if (response.next_position() > next_position_) {
    RETURN_IF_ERROR(apply_(records, response.next_position()));
    next_position_ = response.next_position();
  }
  Report(absl::OkStatus());
  return absl::OkStatus();
}

void Follower::Report(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    const bool changed = last_error_ != status;
    last_error_ = status;
    // One line a change: a source that is away for hours does not fill the log.
    if (!changed || stopping_) return;
  }
  if (status.ok()) {
    Log(LogLevel::kInfo, "follower_recovered", {{"source", options_.source}});
    return;
  }
  Log(absl::IsDataLoss(status) ? LogLevel::kError : LogLevel::kWarning, "follower_interrupted",
      {{"source", options_.source},
       {"error", status.ToString()},
       {"next_position", absl::StrCat(next_position_.load())}});
}

bool Follower::WaitBeforeRetry(absl::Duration time) {
  const auto until = absl::ToChronoTime(absl::Now() + time);
  MutexLock lock(mutex_);
  while (!stopping_ && stopping_changed_.wait_until(mutex_, until) != std::cv_status::timeout) {
  }
  return stopping_;
}

}  // namespace sakip::eventlog
