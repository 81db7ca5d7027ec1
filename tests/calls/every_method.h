// Every RPC of the suite, as its .proto declares it: a new one is among them at once, and so is a
// new service, or authz_declarations_test fails.
#ifndef SAKIP_TESTS_CALLS_EVERY_METHOD_H_
#define SAKIP_TESTS_CALLS_EVERY_METHOD_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "common/rpc/method_table.h"

namespace sakip::calls {

// The full names of all services that are linked in, in order.
std::vector<std::string> EveryService();

const rpc::MethodTable& EveryMethod();

// A request of the method with the names and texts of a sample agency where they fit: most are
// right as far as the call wrapper looks.
std::unique_ptr<google::protobuf::Message> SampleRequest(const rpc::Method& method);

}  // namespace sakip::calls

#endif  // SAKIP_TESTS_CALLS_EVERY_METHOD_H_
