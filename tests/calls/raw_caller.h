// RawCaller makes calls as no client of ours would: any method, any bytes, any deadline or none.
#ifndef SAKIP_TESTS_CALLS_RAW_CALLER_H_
#define SAKIP_TESTS_CALLS_RAW_CALLER_H_

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace sakip::calls {

struct RawCall {
  std::string path;                            // `/sakip.planning.v1.PlanningService/GetAgency`
  std::vector<std::string> messages;           // At least one.
  absl::Duration timeout = absl::Seconds(20);  // Infinite: the call has no deadline.
  std::vector<std::pair<std::string, std::string>> metadata{};
  // The call is given up, as CANCELLED, after so many responses or so long.
  int responses_max = 1000;
  absl::Duration patience = absl::Seconds(30);
};

struct RawAnswer {
  grpc::Status status;
  std::vector<std::string> responses;
  std::vector<std::pair<std::string, std::string>> trailers;
};

// Thread-safe.
class RawCaller {
 public:
  explicit RawCaller(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {}

  // Sends the messages, ends the stream of requests, and waits for the end of the call.
  RawAnswer Make(const RawCall& call);

 private:
  grpc::GenericStub stub_;
};

}  // namespace sakip::calls

#endif  // SAKIP_TESTS_CALLS_RAW_CALLER_H_
