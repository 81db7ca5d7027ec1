// Call is what a handler may know of the call it serves, and nothing more: no metadata, no token.
#ifndef SAKIP_COMMON_RPC_CALL_H_
#define SAKIP_COMMON_RPC_CALL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/base/resource_name.h"
#include "common/rpc/roles.h"

namespace sakip::rpc {

// Who calls, as established by an Authenticator.
struct Principal {
  std::string subject;  // Stable name of the person or program, such as `dev-planner`.
  std::vector<Role> roles;
  std::vector<ResourceName> scopes;  // Regions, all regions, or agencies.
  std::string key_id;                // Of the key that vouches for it; empty where none does.
  absl::Time expiry_time = absl::InfiniteFuture();
  // Of the connection, as its authenticator remembers it; null where the peer gave none.
  std::shared_ptr<const std::string> certificate{};
};

// A value; const after construction and so thread-safe. Handlers that go on after they returned
// hold it by shared_ptr.
class Call {
 public:
  struct Parts {
    std::string method;      // `/sakip.planning.v1.PlanningService/GetAgency`
    std::string call_id;     // From `x-request-id` or made here; links log lines of one call.
    std::string peer;        // `ipv4:127.0.0.1:40312`
    std::string tenant;      // `regions/35.09/agencies/dinsos`; empty where the method names none.
    std::string scope;       // Of the caller's, that let it in; empty where there is no tenant.
    std::string request_id;  // Of a write that was read, where it is well-formed; else empty.
    uint32_t cost = 1;       // That its method declares.
    absl::Time start_time;
    absl::Time deadline = absl::InfiniteFuture();  // Infinite only for streams without an end.
    Principal principal;
  };

  Call() = default;
  explicit Call(Parts parts) : parts_(std::move(parts)) {}

  const std::string& method() const { return parts_.method; }
  const std::string& call_id() const { return parts_.call_id; }
  const std::string& peer() const { return parts_.peer; }
  const std::string& tenant() const { return parts_.tenant; }
  const std::string& scope() const { return parts_.scope; }
  const std::string& request_id() const { return parts_.request_id; }
  uint32_t cost() const { return parts_.cost; }
  absl::Time start_time() const { return parts_.start_time; }
  absl::Time deadline() const { return parts_.deadline; }
  const Principal& principal() const { return parts_.principal; }

 private:
  Parts parts_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_CALL_H_
