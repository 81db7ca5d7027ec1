// OpenLoad calls a method at a rate, whether answers come or not: what a crowd does that does not
// know how busy the server is. Latencies count from the moment that a call was due.
#ifndef SAKIP_TESTS_OVERLOAD_OPEN_LOAD_H_
#define SAKIP_TESTS_OVERLOAD_OPEN_LOAD_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace sakip::overload {

// A call as it is sent; shared by all that are the same.
struct Request {
  Request(const google::protobuf::Message& message, std::string dev_identity);

  grpc::ByteBuffer bytes;
  std::string dev_identity;
};

// How a call ended.
struct Outcome {
  double due_seconds = 0;  // Since the load began.
  double latency_ms = 0;
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;      // Empty where there is none.
  bool says_when = false;  // It has RetryInfo.

  bool ok() const { return code == grpc::StatusCode::OK; }
};

// When calls come: at even distances, or at random as from a crowd whose members know nothing of
// each other (a Poisson process, of a fixed seed).
enum class Arrivals { kEven, kRandom };

// Thread-safe.
class OpenLoad {
 public:
  // `method`: `/sakip.scoring.v1.ScoringService/GetScorecard`.
  OpenLoad(const std::string& address, std::string method, size_t connections);

  // Sends what `next` returns, which lives until the end, `rate` times a second for `time`; returns
  // the outcome of every call once all were answered.
  std::vector<Outcome> Run(double rate, absl::Duration time, Arrivals arrivals,
                           const std::function<const Request&()>& next) const;

 private:
  const std::string method_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
};

// Of the values, which are not empty; a copy is sorted.
double Percentile(std::vector<double> values, double percent);

}  // namespace sakip::overload

#endif  // SAKIP_TESTS_OVERLOAD_OPEN_LOAD_H_
