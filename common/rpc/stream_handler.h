// StreamHandler is what a service makes of a stream of requests; ClientStream calls it.
#ifndef SAKIP_COMMON_RPC_STREAM_HANDLER_H_
#define SAKIP_COMMON_RPC_STREAM_HANDLER_H_

#include "absl/status/status.h"

namespace sakip::rpc {

// Takes the messages of one call. Methods are called on threads of gRPC and never wait. OnMessage
// and OnEnd come one at a time, each after a ReadNext, and OnMessage first; OnBroken comes at any
// time, once, also before and beside them.
template <typename Request>
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;

  // The message is the handler's. It goes on with ReadNext or Finish, now or later.
  virtual void OnMessage(Request message) = 0;

  // The client has sent all. The handler finishes, now or later.
  virtual void OnEnd() = 0;

  // The client has gone or was disowned, the server drains, or a message was too large or
  // malformed: the call is finished with `why` already, and what the handler still does for it is
  // for nobody.
  virtual void OnBroken(const absl::Status& why) = 0;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_STREAM_HANDLER_H_
