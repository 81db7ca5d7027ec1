#include "tests/authz/curious_request.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace sakip::authz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kDepthMax = 5;
constexpr size_t kLearnedMax = 256;

bool NamesSomething(const FieldDescriptor& field) {
  for (const char* name : {"name", "parent", "scope", "scorecard", "other", "base", "policy",
                           "after", "through_agency", "document"}) {
    if (absl::StrContains(field.name(), name)) return true;
  }
  return false;
}

}  // namespace

std::string CuriousRequests::Make(const Rpc& rpc, const std::string& own) {
  const std::unique_ptr<Message> request = inventory_.NewRequest(rpc);
  const std::string about = OneIn(3) ? AnyTenant() : own;
  Fill(*request, about, 0);
  const options::v1::Authorization& declared = rpc.declared;
  if (!declared.tenant_field().empty()) {
    const bool whole = OneIn(3);
    SetString(*request, declared.tenant_field(), whole ? about : NameOf(about));
  }
  return request->SerializeAsString();
}

void CuriousRequests::Learn(const std::string& text) {
  if (learned_.size() < kLearnedMax) {
    learned_.push_back(text);
  } else {
    learned_[Below(kLearnedMax)] = text;
  }
}

void CuriousRequests::Fill(Message& message, const std::string& about, int depth) {
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_map() || OneIn(3)) continue;
    if (field.message_type() != nullptr && (depth == kDepthMax || OneIn(2))) continue;
    SetField(message, field, about, depth);
  }
}

void CuriousRequests::SetField(Message& message, const FieldDescriptor& field,
                               const std::string& about, int depth) {
  const Reflection& reflection = *message.GetReflection();
  if (field.message_type() != nullptr) {
    Message* part = field.is_repeated() ? reflection.AddMessage(&message, &field)
                                        : reflection.MutableMessage(&message, &field);
    return Fill(*part, about, depth + 1);
  }
  if (field.is_repeated()) {
    if (field.type() == FieldDescriptor::TYPE_STRING) {
      reflection.AddString(&message, &field, Text(field, about));
    }
    return;
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, &field, Text(field, about));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field,
                                 field.name() == "year" ? 2023 : static_cast<int>(Below(5)));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, static_cast<uint32_t>(Below(5)));
    case FieldDescriptor::CPPTYPE_UINT64:
      // Positions that were not reached are waited for.
      return reflection.SetUInt64(&message, &field, Below(tenants_.all().size()));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, OneIn(2));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, &field, static_cast<int>(Below(4)));
    default:
      return;
  }
}

std::string CuriousRequests::Text(const FieldDescriptor& field, const std::string& about) {
  if (!learned_.empty() && (absl::EndsWith(field.name(), "token") || OneIn(20))) {
    return learned_[Below(learned_.size())];
  }
  if (NamesSomething(field)) return NameOf(OneIn(2) ? AnyTenant() : about);
  if (absl::StrContains(field.name(), "request_id")) return absl::StrCat("setup-", Below(20));
  switch (Below(4)) {
    case 0:
      return "IKU1";
    case 1:
      return absl::StrCat(Below(100));
    case 2:
      return NameOf(AnyTenant());
    default:
      return "";
  }
}

std::string CuriousRequests::NameOf(const std::string& tenant) {
  switch (Below(12)) {
    case 0:
      return tenant.substr(0, tenant.find("/agencies/"));
    case 1:
      return tenant;
    case 2:
    case 3:
      return absl::StrCat(tenant, "/annualPlans/2023", OneIn(2) ? "@1" : "");
    case 4:
    case 5:
      return absl::StrCat(tenant, "/submissions/2023Q1");
    case 6:
      return absl::StrCat(tenant, "/quarters/2023Q1");
    case 7:
      return absl::StrCat(tenant, "/evidence/", std::string(64, 'a'));
    case 8:
      return absl::StrCat(tenant.substr(0, tenant.find("/agencies/")), "/policies/p/versions/1");
    default:
      return absl::StrCat(tenant, "/scorecards/2023Q", Below(4) + 1);
  }
}

const std::string& CuriousRequests::AnyTenant() {
  return tenants_.all()[Below(tenants_.all().size())].name;
}

}  // namespace sakip::authz
