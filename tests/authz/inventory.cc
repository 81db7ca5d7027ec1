#include "tests/authz/inventory.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"

namespace sakip::authz {
namespace {

namespace protobuf = google::protobuf;

constexpr char kRequestId[] = "matrix-1";

// Custom options are known to the generated types only, so they are read from their bytes again.
options::v1::Authorization DeclarationOf(const protobuf::MethodDescriptor& method) {
  protobuf::MethodOptions options;
  SAKIP_CHECK(options.ParseFromString(method.options().SerializeAsString()));
  return options.GetExtension(options::v1::authorization);
}

}  // namespace

std::string Rpc::path() const { return absl::StrCat("/", service(), "/", method->name()); }

Inventory::Inventory(const std::string& file) {
  protobuf::FileDescriptorSet set;
  std::ifstream bytes(file, std::ios::binary);
  SAKIP_CHECK(set.ParseFromIstream(&bytes));
  for (const protobuf::FileDescriptorProto& proto : set.file()) {
    const protobuf::FileDescriptor* built = pool_.BuildFile(proto);
    SAKIP_CHECK(built != nullptr);
    for (int s = 0; s < built->service_count(); ++s) {
      for (int m = 0; m < built->service(s)->method_count(); ++m) {
        const protobuf::MethodDescriptor* method = built->service(s)->method(m);
        rpcs_.push_back({method, DeclarationOf(*method)});
      }
    }
  }
  SAKIP_CHECK(!rpcs_.empty());
}

const Rpc* Inventory::Find(absl::string_view path) const {
  for (const Rpc& rpc : rpcs_) {
    if (rpc.path() == path) return &rpc;
  }
  return nullptr;
}

std::unique_ptr<protobuf::Message> Inventory::NewRequest(const Rpc& rpc) const {
  return std::unique_ptr<protobuf::Message>(factory_.GetPrototype(rpc.method->input_type())->New());
}

std::string Inventory::SmallestRequest(const Rpc& rpc, const std::string& tenant) const {
  const std::unique_ptr<protobuf::Message> request = NewRequest(rpc);
  const options::v1::Authorization& declared = rpc.declared;
  if (!declared.tenant_field().empty()) SetString(*request, declared.tenant_field(), tenant);
  if (declared.writes()) {
    SetString(*request,
              declared.request_id_field().empty() ? "request_id" : declared.request_id_field(),
              kRequestId);
  }
  return request->SerializeAsString();
}

std::string Inventory::StringField(const protobuf::FieldDescriptor& field,
                                   const std::string& bytes) const {
  const std::unique_ptr<protobuf::Message> message(
      factory_.GetPrototype(field.containing_type())->New());
  SAKIP_CHECK(message->ParseFromString(bytes));
  return message->GetReflection()->GetString(*message, &field);
}

std::string Inventory::ToText(const protobuf::Descriptor& type, const std::string& bytes) const {
  const std::unique_ptr<protobuf::Message> message(factory_.GetPrototype(&type)->New());
  return message->ParseFromString(bytes) ? message->ShortDebugString() : "(no such message)";
}

void SetString(protobuf::Message& message, absl::string_view path, const std::string& value) {
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  protobuf::Message* at = &message;
  for (size_t i = 0; i < names.size(); ++i) {
    const protobuf::FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(names[i]);
    SAKIP_CHECK(field != nullptr);
    if (i + 1 == names.size()) return at->GetReflection()->SetString(at, field, value);
    at = at->GetReflection()->MutableMessage(at, field);
  }
}

}  // namespace sakip::authz
