// What the gate looks at in a request, without a server around it.
#ifndef SAKIP_TESTS_FUZZ_GATE_LOOK_H_
#define SAKIP_TESTS_FUZZ_GATE_LOOK_H_

#include <google/protobuf/message.h>

#include "common/base/log.h"
#include "common/base/resource_name.h"
#include "common/message/item_check.h"
#include "common/rpc/checks.h"
#include "common/rpc/method_table.h"
#include "common/rpc/roles.h"

namespace sakip::fuzz {

// Looks as at a call of one who may do everything in one agency: what is let in is of that agency.
inline void LookAsTheGate(const rpc::Method& method, const google::protobuf::Message& request) {
  constexpr char kAgency[] = "regions/35.09/agencies/dinsos";
  rpc::Call::Parts call;
  call.principal.roles.assign(rpc::AllRoles().begin(), rpc::AllRoles().end());
  call.principal.scopes.push_back(ParseResourceName(kAgency).value());
  if (rpc::CheckAuthorized(method, request, call).ok() && !method.tenant_field.empty() &&
      !method.readable_below) {
    SAKIP_CHECK(call.tenant == kAgency);
  }
  static_cast<void>(rpc::CheckRequestId(method, request));
  static_cast<void>(CheckItems(request));
}

}  // namespace sakip::fuzz

#endif  // SAKIP_TESTS_FUZZ_GATE_LOOK_H_
