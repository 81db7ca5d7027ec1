// MethodTable knows what each RPC of a server declares about itself: permission, tenant, limits.
#ifndef SAKIP_COMMON_RPC_METHOD_TABLE_H_
#define SAKIP_COMMON_RPC_METHOD_TABLE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace sakip::rpc {

// What the call wrapper enforces for one RPC (sakip.options.v1.Authorization, checked).
struct Method {
  std::string path;     // `/sakip.planning.v1.PlanningService/GetAgency`
  std::string service;  // `sakip.planning.v1.PlanningService`
  const google::protobuf::Descriptor* request = nullptr;
  std::string permission;
  std::string tenant_field;  // `agency.name`; empty where no tenant's data is touched.
  std::vector<const google::protobuf::FieldDescriptor*> tenant_path;  // The same, walked.
  std::string request_id_field;  // `request_id` or `options.import_id`; empty: does not write.
  std::vector<const google::protobuf::FieldDescriptor*> request_id_path;  // The same, walked.
  uint32_t cost = 1;
  bool readable_below = false;  // Callers below the tenant may read it.
  bool recorded = false;        // In the audit trail, like a write.
  size_t request_bytes_max = 0;
  absl::Duration deadline_max;    // Zero for a stream without an end.
  bool client_streaming = false;  // Authorized by its first message.
  bool server_streaming = false;

  bool writes() const { return !request_id_path.empty(); }
  // A call is answered only when the audit trail has its admission.
  bool waits_for_record() const { return writes() || recorded; }
  bool streams() const { return client_streaming || server_streaming; }
};

// Immutable and thread-safe.
//
// A method is found by the type of its request, because a request type is used by one RPC only
// (buf lint holds that, Create checks it): a handler cannot name another method than its own.
class MethodTable {
 public:
  // Reads the services of these full names from `pool`, which outlives the table.
  //   FAILED_PRECONDITION  a declaration is missing or wrong; the message lists every fault.
  static absl::StatusOr<MethodTable> Create(
      absl::Span<const std::string> service_names,
      const google::protobuf::DescriptorPool& pool =
          *google::protobuf::DescriptorPool::generated_pool());

  // Null where no method has that request.
  const Method* FindByRequest(const google::protobuf::Descriptor* request) const;
  const Method* FindByPath(absl::string_view path) const;

  bool HasService(absl::string_view full_name) const;

  // In the order of the services given, then of the .proto.
  const std::deque<Method>& methods() const { return methods_; }

 private:
  MethodTable() = default;

  // A deque, because the maps point into it; moving it moves no element.
  std::deque<Method> methods_;
  std::unordered_map<const google::protobuf::Descriptor*, const Method*> by_request_;
  std::map<std::string, const Method*, std::less<>> by_path_;
  std::vector<std::string> services_;
};

// The name of the tenant in `request`, whose method is `method`; empty where it was not given or
// the method names none.
std::string TenantName(const Method& method, const google::protobuf::Message& request);

// The idempotency key of `request`; empty where it was not given or the method does not write.
std::string RequestId(const Method& method, const google::protobuf::Message& request);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_METHOD_TABLE_H_
