#include "common/audit/audit_entries.h"

#include <google/protobuf/stubs/common.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/message/timestamp.h"
#include "common/rpc/authorize.h"
#include "common/rpc/roles.h"

namespace sakip::audit {
namespace {

// No province has this code.
constexpr char kNoRegion[] = "regions/00";

bool IsOwn(const rpc::Call& call) {
  for (const ResourceName& scope : call.principal().scopes) {
    if (!scope.agency.empty() && scope.AgencyName() == call.tenant()) return true;
  }
  return false;
}

bool ReadsTheTrail(const rpc::Method& method) {
  return absl::StartsWith(method.permission, "audit.");
}

// What an identity says is text where it is kept; a message that is no UTF-8 could not be read.
std::string Text(const std::string& text) {
  return google::protobuf::internal::IsStructurallyValidUTF8(text) ? text : absl::CHexEscape(text);
}

bool Reaches(const ResourceName& scope, absl::string_view tenant, rpc::Reach reach) {
  rpc::Principal principal;
  principal.scopes.push_back(scope);
  return rpc::CoversTenant(principal, tenant, reach);
}

v1::AuditEntry EntryOf(const rpc::Call& call, const rpc::Method& method) {
  v1::AuditEntry entry;
  *entry.mutable_time() = ToTimestamp(call.start_time());
  entry.set_subject(Text(call.principal().subject));
  entry.set_key_id(Text(call.principal().key_id));
  entry.set_peer(call.peer());
  entry.set_method(method.path);
  entry.set_permission(method.permission);
  entry.set_tenant(call.tenant());
  entry.set_request_id(call.request_id());
  entry.set_call_id(call.call_id());
  return entry;
}

}  // namespace

Recorded HowRecorded(const rpc::Call& call, const rpc::Method& method) {
  // What a stream writes is several requests of the log, or none of it.
  if (method.writes() && !method.streams()) return Recorded::kBeginAndFailure;
  if (method.waits_for_record()) return Recorded::kBeginAndEnd;
  const bool across = !call.tenant().empty() && !IsOwn(call);
  if (!across && !ReadsTheTrail(method)) return Recorded::kNothing;
  return method.streams() ? Recorded::kBeginAndEnd : Recorded::kEnd;
}

v1::AuditEntry AdmittedEntry(const rpc::Call& call, const rpc::Method& method) {
  v1::AuditEntry entry = EntryOf(call, method);
  entry.set_event(v1::AuditEntry::EVENT_BEGAN);
  entry.set_decision(v1::AuditEntry::DECISION_ALLOWED);
  for (const rpc::Role role : call.principal().roles) {
    if (rpc::RolesAllow({role}, method.permission)) {
      entry.add_roles(std::string(rpc::RoleName(role)));
    }
  }
  const rpc::Reach reach = method.readable_below ? rpc::Reach::kAboveAndBelow : rpc::Reach::kAbove;
  for (const ResourceName& scope : call.principal().scopes) {
    if (call.tenant().empty() || Reaches(scope, call.tenant(), reach)) {
      entry.add_scopes(rpc::ScopeName(scope));
    }
  }
  return entry;
}

v1::AuditEntry RefusedEntry(const rpc::Call& call, const rpc::Method& method,
                            const rpc::Observation& observation) {
  v1::AuditEntry entry = EntryOf(call, method);
  SetOutcome(observation, entry);
  entry.set_event(v1::AuditEntry::EVENT_REFUSED);
  entry.set_decision(v1::AuditEntry::DECISION_DENIED);
  for (const rpc::Role role : call.principal().roles) {
    entry.add_roles(std::string(rpc::RoleName(role)));
  }
  for (const ResourceName& scope : call.principal().scopes) entry.add_scopes(rpc::ScopeName(scope));
  return entry;
}

void SetOutcome(const rpc::Observation& observation, v1::AuditEntry& entry) {
  *entry.mutable_time() = ToTimestamp(observation.end_time);
  entry.set_event(v1::AuditEntry::EVENT_ENDED);
  entry.set_code(static_cast<int32_t>(observation.status.code()));
  entry.set_reason(ErrorReason(observation.status));
  entry.set_request_bytes(observation.request_bytes);
  entry.set_response_bytes(observation.response_bytes);
  entry.set_response_messages(observation.response_messages);
}

std::string StreamOf(absl::string_view tenant) {
  const absl::string_view owner = OwnerOf(tenant);
  return absl::StrCat(owner.empty() ? kNoRegion : owner, "/audit");
}

bool ScopeSees(const ResourceName& scope, absl::string_view tenant) {
  if (scope.is_all_regions()) return true;
  return !tenant.empty() && Reaches(scope, tenant, rpc::Reach::kAbove);
}

}  // namespace sakip::audit
