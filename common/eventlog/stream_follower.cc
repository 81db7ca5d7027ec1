#include "common/eventlog/stream_follower.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

rpc::Gauge& AddGauge(const FollowerOptions& options, absl::string_view name,
                     absl::string_view help) {
  rpc::Metrics& metrics = options.metrics == nullptr ? rpc::InertMetrics() : *options.metrics;
  return metrics.AddGauge(name, help, {{"source", options.source}});
}

}  // namespace

absl::Status CheckPosition(uint64_t position, uint64_t next_position, uint64_t& lowest) {
  if (position < lowest || position >= next_position) {
    return absl::DataLossError(
        absl::StrCat("position ", position, " is not between ", lowest, " and ", next_position));
  }
  lowest = position + 1;
  return absl::OkStatus();
}

StreamFollower::StreamFollower(FollowerOptions options, Open open)
    : options_(std::move(options)),
      open_(std::move(open)),
      lag_gauge_(AddGauge(options_, "sakip_follower_lag_records",
                          "Records of the source that are not applied, as far as is known.")),
      connected_gauge_(AddGauge(options_, "sakip_follower_connected",
                                "1 where the source answers, otherwise 0.")),
      backoff_(options_.backoff_min, options_.backoff_max, std::random_device()()),
      next_position_(options_.from_position),
      end_position_(options_.from_position),
      thread_([this] { FollowUntilStopped(); }) {}

StreamFollower::~StreamFollower() { Stop(); }

void StreamFollower::Stop() {
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

absl::Status StreamFollower::last_error() const {
  MutexLock lock(mutex_);
  return last_error_;
}

void StreamFollower::FollowUntilStopped() {
  bool stopping = false;
  while (!stopping) {
    bool progress = false;
    const absl::Status status = FollowOnce(progress);
    SetConnected(false);
    // A good stream that ends by its deadline is no fault. It is renewed after a wait too, so that
    // no answer of a source makes this loop spin.
    if (!progress || !absl::IsDeadlineExceeded(status)) Report(status);
    if (progress) backoff_.Reset();
    stopping = WaitBeforeRetry(backoff_.Next());
  }
}

absl::Status StreamFollower::FollowOnce(bool& progress) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + options_.stream_time_max));
  {
    MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError();
    stream_ = &context;
  }
  const std::unique_ptr<FollowedStream> stream = open_(context, next_position_);
  absl::Status status;
  while (status.ok() && stream->Read()) {
    status = Take(*stream);
    progress = progress || status.ok();
  }
  if (!status.ok()) context.TryCancel();
  const grpc::Status ended = stream->Finish();
  MutexLock lock(mutex_);
  stream_ = nullptr;
  return status.ok() ? FromGrpc(ended) : status;
}

absl::Status StreamFollower::Take(FollowedStream& stream) {
  const uint64_t next_position = stream.next_position();
  if (next_position < next_position_ || stream.end_position() < next_position) {
    return absl::DataLossError(absl::StrCat("the source goes from ", next_position_.load(), " to ",
                                            next_position, " of ", stream.end_position()));
  }
  RETURN_IF_ERROR(stream.Check(next_position_));
  {
    MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError();
  }
  // Known before it is applied: the lag must not look smaller than it is.
  end_position_ = stream.end_position();
  lag_gauge_.Set(static_cast<double>(end_position_ - next_position_));
  SetConnected(true);
  if (next_position > next_position_) {
    RETURN_IF_ERROR(stream.Apply());
    next_position_ = next_position;
    lag_gauge_.Set(static_cast<double>(end_position_ - next_position_));
  }
  if (options_.on_read) options_.on_read(next_position, end_position_);
  Report(absl::OkStatus());
  return absl::OkStatus();
}

void StreamFollower::SetConnected(bool connected) {
  connected_ = connected;
  connected_gauge_.Set(connected ? 1 : 0);
}

void StreamFollower::Report(const absl::Status& status) {
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

bool StreamFollower::WaitBeforeRetry(absl::Duration time) {
  const auto until = absl::ToChronoTime(absl::Now() + time);
  MutexLock lock(mutex_);
  while (!stopping_ && stopping_changed_.wait_until(mutex_, until) != std::cv_status::timeout) {
  }
  return stopping_;
}

}  // namespace sakip::eventlog
