// The limits of an RPC, each from both sides, as the RPC itself declares them.
#ifndef SAKIP_TESTS_LIMITS_LIMIT_CASES_H_
#define SAKIP_TESTS_LIMITS_LIMIT_CASES_H_

#include <string>
#include <vector>

#include "common/rpc/method_table.h"
#include "tests/calls/raw_caller.h"

namespace sakip::limits {

// What a call beyond a limit is answered.
struct Refusal {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;         // Of ErrorInfo; empty where gRPC itself refuses.
  std::string field;          // Of BadRequest; empty where the reason names none.
  std::string description{};  // Of that field; empty where any will do.
};

// A call at a limit or beyond it.
struct LimitCase {
  std::string name;  // `request bytes + 1`
  calls::RawCall call;
  Refusal refusal;
  bool refused = false;  // Or it may be answered anything but the refusal.
};

// Of the method, from its declaration and its request: size, deadline, idempotency key, page size,
// items of each repeated field, depth of messages, metadata. How many items a stream of requests
// may hold is its handler's to say, and left out.
std::vector<LimitCase> LimitCasesOf(const rpc::Method& method);

}  // namespace sakip::limits

#endif  // SAKIP_TESTS_LIMITS_LIMIT_CASES_H_
