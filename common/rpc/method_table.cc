#include "common/rpc/method_table.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/message/item_check.h"
#include "common/rpc/roles.h"
#include "sakip/options/v1/authorization.pb.h"

namespace sakip::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// Reads the declaration of one method and collects its faults.
class Reader {
 public:
  Reader(const MethodDescriptor& descriptor, std::vector<std::string>& faults)
      : descriptor_(descriptor), faults_(faults) {}

  Method Read() {
    method_.service = descriptor_.service()->full_name();
    method_.path = absl::StrCat("/", method_.service, "/", descriptor_.name());
    method_.request = descriptor_.input_type();
    method_.client_streaming = descriptor_.client_streaming();
    method_.server_streaming = descriptor_.server_streaming();
    if (method_.client_streaming && method_.server_streaming) {
      Fault("streams both ways, which the call wrapper cannot do");
    }
    if (!descriptor_.options().HasExtension(options::v1::authorization)) {
      Fault("declares no (sakip.options.v1.authorization)");
      return std::move(method_);
    }
    const options::v1::Authorization& declared =
        descriptor_.options().GetExtension(options::v1::authorization);
    ReadPermission(declared);
    method_.tenant_field = declared.tenant_field();
    method_.tenant_path = Walk("tenant field", method_.tenant_field);
    method_.readable_below = declared.readable_below();
    if (method_.readable_below && declared.writes()) Fault("writes and is readable_below");
    method_.recorded = declared.recorded();
    if (method_.recorded && declared.writes()) Fault("writes and is recorded");
    ReadRequestId(declared);
    ReadLimits(declared);
    for (const std::string& field : FieldsWithoutItemsMax(*method_.request)) {
      Fault(absl::StrCat("takes the repeated field ", field, ", which declares no items_max"));
    }
    return std::move(method_);
  }

 private:
  void Fault(absl::string_view what) { faults_.push_back(absl::StrCat(method_.path, " ", what)); }

  void ReadPermission(const options::v1::Authorization& declared) {
    method_.permission = declared.permission();
    if (!IsKnownPermission(method_.permission)) {
      Fault(absl::StrCat("has the unknown permission `", method_.permission, "`"));
    }
  }

  void ReadRequestId(const options::v1::Authorization& declared) {
    if (!declared.writes()) return;
    method_.request_id_field =
        declared.request_id_field().empty() ? "request_id" : declared.request_id_field();
    method_.request_id_path = Walk("request id field", method_.request_id_field);
  }

  // The fields on the way to the string at `path` of the request.
  std::vector<const FieldDescriptor*> Walk(absl::string_view what, absl::string_view path) {
    std::vector<const FieldDescriptor*> fields;
    if (path.empty()) return fields;
    const Descriptor* message = method_.request;
    for (const std::string& name : std::vector<std::string>(absl::StrSplit(path, '.'))) {
      const FieldDescriptor* field = message == nullptr ? nullptr : message->FindFieldByName(name);
      if (field == nullptr || field->is_repeated()) {
        Fault(absl::StrCat("has the ", what, " `", path, "`, but its request has no singular `",
                           name, "` there"));
        return {};
      }
      fields.push_back(field);
      message = field->message_type();
    }
    if (fields.back()->type() == FieldDescriptor::TYPE_STRING) return fields;
    Fault(absl::StrCat("has the ", what, " `", path, "`, which is no string"));
    return {};
  }

  void ReadLimits(const options::v1::Authorization& declared) {
    method_.cost = declared.cost();
    method_.request_bytes_max = declared.max_request_bytes();
    method_.deadline_max = absl::Seconds(declared.max_deadline_seconds());
    if (declared.cost() == 0) Fault("has no cost");
    if (declared.max_request_bytes() == 0) Fault("has no max_request_bytes");
    if (declared.max_deadline_seconds() == 0 && !method_.server_streaming) {
      Fault("has no max_deadline_seconds and is no stream");
    }
  }

  const MethodDescriptor& descriptor_;
  std::vector<std::string>& faults_;
  Method method_;
};

// The string at the end of `path`; empty where the path is.
std::string StringAt(const google::protobuf::Message& request,
                     const std::vector<const FieldDescriptor*>& path) {
  const google::protobuf::Message* message = &request;
  for (size_t i = 0; i < path.size(); ++i) {
    const google::protobuf::Reflection& reflection = *message->GetReflection();
    if (i + 1 == path.size()) return reflection.GetString(*message, path[i]);
    message = &reflection.GetMessage(*message, path[i]);
  }
  return "";
}

}  // namespace

absl::StatusOr<MethodTable> MethodTable::Create(absl::Span<const std::string> service_names,
                                                const DescriptorPool& pool) {
  MethodTable table;
  std::vector<std::string> faults;
  for (const std::string& name : service_names) {
    const ServiceDescriptor* service = pool.FindServiceByName(name);
    if (service == nullptr) {
      faults.push_back(absl::StrCat(name, " is no service that is linked in"));
      continue;
    }
    table.services_.push_back(name);
    for (int i = 0; i < service->method_count(); ++i) {
      table.methods_.push_back(Reader(*service->method(i), faults).Read());
      const Method& method = table.methods_.back();
      table.by_path_[method.path] = &method;
      const auto [other, inserted] = table.by_request_.emplace(method.request, &method);
      if (!inserted) {
        faults.push_back(
            absl::StrCat(method.path, " has the same request type as ", other->second->path));
      }
    }
  }
  if (!faults.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("RPCs are declared wrongly:\n  ", absl::StrJoin(faults, "\n  ")));
  }
  return table;
}

const Method* MethodTable::FindByRequest(const Descriptor* request) const {
  const auto found = by_request_.find(request);
  return found == by_request_.end() ? nullptr : found->second;
}

const Method* MethodTable::FindByPath(absl::string_view path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

bool MethodTable::HasService(absl::string_view full_name) const {
  for (const std::string& service : services_) {
    if (service == full_name) return true;
  }
  return false;
}

std::string TenantName(const Method& method, const google::protobuf::Message& request) {
  return StringAt(request, method.tenant_path);
}

std::string RequestId(const Method& method, const google::protobuf::Message& request) {
  return StringAt(request, method.request_id_path);
}

}  // namespace sakip::rpc
