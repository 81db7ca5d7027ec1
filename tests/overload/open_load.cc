#include "tests/overload/open_load.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/slice.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/mutex.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_convert.h"
#include "tests/bench/calls.h"
#include "tests/bench/measure.h"

namespace sakip::overload {
namespace {

using bench::SteadyTime;

// As long as the shortest deadline of the methods called allows.
constexpr absl::Duration kTimeout = absl::Seconds(10);

constexpr uint64_t kArrivalsSeed = 20261128;

double Seconds(SteadyTime from, SteadyTime to) {
  return std::chrono::duration<double>(to - from).count();
}

// Outcomes of calls that end on any thread.
class Outcomes {
 public:
  void Add(Outcome outcome) {
    MutexLock lock(mutex_);
    outcomes_.push_back(std::move(outcome));
    changed_.notify_one();
  }

  std::vector<Outcome> WaitFor(size_t count) {
    MutexLock lock(mutex_);
    while (outcomes_.size() < count) changed_.wait(mutex_);
    return std::move(outcomes_);
  }

 private:
  Mutex mutex_;
  ConditionVariable changed_;
  std::vector<Outcome> outcomes_ ABSL_GUARDED_BY(mutex_);
};

struct InFlight {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
};

}  // namespace

Request::Request(const google::protobuf::Message& message, std::string identity)
    : dev_identity(std::move(identity)) {
  const grpc::Slice slice(message.SerializeAsString());
  bytes = grpc::ByteBuffer(&slice, 1);
}

OpenLoad::OpenLoad(const std::string& address, std::string method, size_t connections)
    : method_(std::move(method)) {
  for (size_t i = 0; i < connections; ++i) {
    stubs_.push_back(std::make_unique<grpc::GenericStub>(bench::OwnConnection(address)));
  }
}

std::vector<Outcome> OpenLoad::Run(double rate, absl::Duration time, Arrivals arrivals,
                                   const std::function<const Request&()>& next) const {
  Outcomes outcomes;
  size_t sent = 0;
  std::mt19937_64 random(kArrivalsSeed);
  std::exponential_distribution<double> gap(rate);
  const SteadyTime begin = bench::Now();
  for (double due_seconds = 0; due_seconds < absl::ToDoubleSeconds(time);
       due_seconds += arrivals == Arrivals::kEven ? 1 / rate : gap(random)) {
    const SteadyTime due = begin + std::chrono::duration_cast<SteadyTime::duration>(
                                       std::chrono::duration<double>(due_seconds));
    std::this_thread::sleep_until(due);
    const Request& request = next();
    auto* call = new InFlight;
    rpc::Prepare({.deadline = rpc::CallDeadline(kTimeout), .dev_identity = request.dev_identity},
                 call->context);
    stubs_[sent++ % stubs_.size()]->UnaryCall(
        &call->context, method_, {}, &request.bytes, &call->response,
        [call, due, due_seconds, &outcomes](const grpc::Status& status) {
          const std::unique_ptr<InFlight> ended(call);
          outcomes.Add({.due_seconds = due_seconds,
                        .latency_ms = 1000 * Seconds(due, bench::Now()),
                        .code = status.error_code(),
                        .reason = ErrorReason(rpc::FromGrpcStatus(status)),
                        .says_when = rpc::RetryDelay(status).has_value()});
        });
  }
  return outcomes.WaitFor(sent);
}

double Percentile(std::vector<double> values, double percent) {
  SAKIP_CHECK(!values.empty());
  const auto index =
      static_cast<size_t>(percent / 100 * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(index), values.end());
  return values[index];
}

}  // namespace sakip::overload
