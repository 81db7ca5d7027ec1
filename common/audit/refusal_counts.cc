#include "common/audit/refusal_counts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/message/timestamp.h"

namespace sakip::audit {
namespace {

// `ipv4:10.1.2.3` of `ipv4:10.1.2.3:40312`: a caller takes another port with each connection. One
// that comes through a proxy has none.
absl::string_view HostOf(absl::string_view peer) {
  const size_t colon = peer.rfind(':');
  if (colon == absl::string_view::npos) return peer;
  const absl::string_view port = peer.substr(colon + 1);
  const bool is_port = std::all_of(port.begin(), port.end(), absl::ascii_isdigit);
  return is_port ? peer.substr(0, colon) : peer;
}

std::string KeyOf(const v1::AuditEntry& entry) {
  return absl::StrCat(entry.subject(), "\n", HostOf(entry.peer()), "\n", entry.method(), "\n",
                      entry.tenant(), "\n", entry.code(), "\n", entry.reason());
}

// Of a kind that is told by code and reason alone.
std::string ShortKeyOf(const v1::AuditEntry& entry) {
  return absl::StrCat("\n", entry.code(), "\n", entry.reason());
}

v1::AuditEntry OnlyCodeAndReason(const v1::AuditEntry& entry) {
  v1::AuditEntry kept;
  kept.set_event(entry.event());
  kept.set_decision(entry.decision());
  kept.set_code(entry.code());
  kept.set_reason(entry.reason());
  kept.set_policy_digest(entry.policy_digest());
  return kept;
}

v1::AuditEntry WithoutTheCall(const v1::AuditEntry& entry) {
  v1::AuditEntry kept = entry;
  kept.set_peer(std::string(HostOf(entry.peer())));
  kept.clear_call_id();
  kept.clear_request_id();
  kept.clear_request_bytes();
  return kept;
}

void AddOne(v1::Repeats& repeats, absl::Time now) {
  repeats.set_count(repeats.count() + 1);
  *repeats.mutable_last_time() = ToTimestamp(now);
  if (repeats.count() == 1) *repeats.mutable_first_time() = repeats.last_time();
}

}  // namespace

RefusalCounts::Kind& RefusalCounts::KindOf(const v1::AuditEntry& entry, absl::Time now,
                                           bool& is_new) {
  is_new = false;
  const std::string key = KeyOf(entry);
  if (const auto found = kinds_.find(key); found != kinds_.end()) return found->second;
  if (kinds_.size() < options_.kinds_max) {
    is_new = true;
    return kinds_[key] = {WithoutTheCall(entry), now + options_.window};
  }
  const auto [found, inserted] = kinds_.try_emplace(ShortKeyOf(entry));
  if (inserted) found->second = {OnlyCodeAndReason(entry), now + options_.window};
  return found->second;
}

bool RefusalCounts::IsFirst(const v1::AuditEntry& entry, absl::Time now) {
  bool is_new = false;
  Kind& kind = KindOf(entry, now, is_new);
  if (!is_new) AddOne(*kind.entry.mutable_repeats(), now);
  return is_new;
}

void RefusalCounts::Count(const v1::AuditEntry& entry, absl::Time now) {
  bool is_new = false;
  AddOne(*KindOf(entry, now, is_new).entry.mutable_repeats(), now);
}

std::vector<v1::AuditEntry> RefusalCounts::TakeDue(absl::Time now,
                                                   absl::FunctionRef<bool()> has_room) {
  std::vector<v1::AuditEntry> due;
  for (auto kind = kinds_.begin(); kind != kinds_.end();) {
    v1::AuditEntry& entry = kind->second.entry;
    const bool counted = entry.repeats().count() > 0;
    if (kind->second.end > now || (counted && !has_room())) {
      ++kind;
      continue;
    }
    if (counted) {
      *entry.mutable_time() = entry.repeats().last_time();
      due.push_back(std::move(entry));
    }
    kinds_.erase(kind++);
  }
  return due;
}

uint64_t RefusalCounts::count() const {
  uint64_t count = 0;
  for (const auto& [key, kind] : kinds_) count += kind.entry.repeats().count();
  return count;
}

}  // namespace sakip::audit
