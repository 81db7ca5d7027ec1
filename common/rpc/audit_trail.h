// AuditTrail records who did what: the gate tells it of every call that it lets in or refuses.
#ifndef SAKIP_COMMON_RPC_AUDIT_TRAIL_H_
#define SAKIP_COMMON_RPC_AUDIT_TRAIL_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "common/rpc/method_table.h"
#include "common/rpc/observer.h"

namespace sakip::rpc {

// Thread-safe. Never waits. Outlives the gate and every call.
class AuditTrail {
 public:
  // A call that is recorded, from its admission on. WhenRecorded and End are called once each at
  // most, in this order.
  class Record {
   public:
    virtual ~Record() = default;

    // Calls `ready` exactly once, from any thread, when the admission is on disk, with OK, or could
    // not be brought there: at once where that is so already.
    //   UNAVAILABLE  AUDIT_UNAVAILABLE
    virtual void WhenRecorded(std::function<void(const absl::Status&)> ready) = 0;

    // The call has ended. Holds no answer up.
    virtual void End(const Call& call, const Observation& observation) = 0;
  };

  virtual ~AuditTrail() = default;

  // A call is let in. Null where such a call is not recorded.
  //   UNAVAILABLE         AUDIT_UNAVAILABLE  it must be recorded and cannot be.
  //   RESOURCE_EXHAUSTED  OVERLOADED         the same, because too much waits to be recorded.
  virtual absl::StatusOr<std::unique_ptr<Record>> Admit(const Call& call, const Method& method) = 0;

  // A call was refused, or ended because its caller may not go on.
  virtual void Refuse(const Call& call, const Method& method, const Observation& observation) = 0;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_AUDIT_TRAIL_H_
