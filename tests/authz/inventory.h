// Inventory is every RPC that the protos of the suite define, read from their descriptors: what is
// not listed anywhere by hand cannot be forgotten.
#ifndef SAKIP_TESTS_AUTHZ_INVENTORY_H_
#define SAKIP_TESTS_AUTHZ_INVENTORY_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sakip/options/v1/authorization.pb.h"

namespace sakip::authz {

struct Rpc {
  const google::protobuf::MethodDescriptor* method = nullptr;
  options::v1::Authorization declared;

  const std::string& service() const { return method->service()->full_name(); }
  std::string path() const;  // `/sakip.planning.v1.PlanningService/GetAgency`
};

// Thread-safe once it is loaded.
class Inventory {
 public:
  // Reads a serialized google.protobuf.FileDescriptorSet; ends the process where it is none.
  explicit Inventory(const std::string& file);

  // By file, service and method.
  const std::vector<Rpc>& rpcs() const { return rpcs_; }

  // Null where no service has it.
  const Rpc* Find(absl::string_view path) const;

  // The request of `rpc` about `tenant` and nothing else: what the call wrapper asks for.
  std::string SmallestRequest(const Rpc& rpc, const std::string& tenant) const;

  // A new request of `rpc`, to be filled.
  std::unique_ptr<google::protobuf::Message> NewRequest(const Rpc& rpc) const;

  // The value of a string field in serialized bytes of its message.
  std::string StringField(const google::protobuf::FieldDescriptor& field,
                          const std::string& bytes) const;

  // The text of a serialized response or request, for messages of the tests.
  std::string ToText(const google::protobuf::Descriptor& type, const std::string& bytes) const;

 private:
  google::protobuf::DescriptorPool pool_;
  mutable google::protobuf::DynamicMessageFactory factory_;
  std::vector<Rpc> rpcs_;
};

// Sets the string at `path` of `message`.
void SetString(google::protobuf::Message& message, absl::string_view path,
               const std::string& value);

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_INVENTORY_H_
