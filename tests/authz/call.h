// Caller makes calls of any method with any bytes as anybody, and keeps all that comes back: what
// leaks may stand in messages, in an error or in trailers.
#ifndef SAKIP_TESTS_AUTHZ_CALL_H_
#define SAKIP_TESTS_AUTHZ_CALL_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tests/calls/raw_caller.h"

namespace sakip::authz {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string reason;   // Of ErrorInfo; empty where there is none, as of an error of gRPC's.
  std::string message;  // Of the error.
  std::string details;  // Serialized google.rpc.Status.
  std::vector<std::string> responses;
  Headers trailers;

  // All of it, to search in.
  std::string Everything() const;
};

struct CallOptions {
  Headers headers{};
  // A stream is cancelled after so many responses, which then counts as OK.
  int responses_max = 1000;
  absl::Duration deadline = absl::Seconds(20);
};

// Thread-safe.
class Caller {
 public:
  explicit Caller(const std::shared_ptr<grpc::Channel>& channel) : caller_(channel) {}

  // Sends one `request` to `/package.Service/Method`, whatever it streams, and waits for the end.
  Answer Call(const std::string& path, const std::string& request, const CallOptions& options);

 private:
  calls::RawCaller caller_;
};

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_CALL_H_
