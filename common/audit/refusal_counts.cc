#include "common/audit/refusal_counts.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
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

// Of a kind that is told by these alone; the subject is empty where it is not told either.
std::string ShortKeyOf(const std::string& subject, const v1::AuditEntry& entry) {
  return absl::StrCat(subject, "\n", entry.code(), "\n", entry.reason());
}

v1::AuditEntry ShortEntryOf(const std::string& subject, const v1::AuditEntry& entry) {
  v1::AuditEntry kept;
  kept.set_event(entry.event());
  kept.set_decision(entry.decision());
  kept.set_subject(subject);
  kept.set_code(entry.code());
  kept.set_reason(entry.reason());
  kept.set_policy_digest(entry.policy_digest());
  return kept;
}

bool IsDenial(const v1::AuditEntry& entry) {
  return !entry.subject().empty() &&
         entry.code() == static_cast<int>(absl::StatusCode::kPermissionDenied);
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

RefusalCounts::Subject* RefusalCounts::SubjectOf(const std::string& name) {
  const auto found = subjects_.find(name);
  if (found != subjects_.end()) return &found->second;
  return subjects_.size() < options_.subjects_max ? &subjects_[name] : nullptr;
}

RefusalCounts::Kind& RefusalCounts::KindOf(const v1::AuditEntry& entry, absl::Time now,
                                           bool& is_new) {
  is_new = false;
  const std::string key = KeyOf(entry);
  if (const auto found = kinds_.find(key); found != kinds_.end()) return found->second;
  const bool is_known = !entry.subject().empty();
  Subject* const subject = is_known ? SubjectOf(entry.subject()) : nullptr;
  const bool has_too_many = subject != nullptr && subject->kinds >= options_.kinds_of_subject_max;
  const bool is_told = is_known == (subject != nullptr);
  if (is_told && !has_too_many && kinds_.size() < options_.kinds_max) {
    is_new = true;
    if (is_known) ++subject->kinds;
    return kinds_[key] = {WithoutTheCall(entry), now + options_.window, is_known};
  }
  const std::string name = has_too_many ? entry.subject() : "";
  const auto [found, inserted] = kinds_.try_emplace(ShortKeyOf(name, entry));
  if (inserted) found->second = {ShortEntryOf(name, entry), now + options_.window};
  return found->second;
}

bool RefusalCounts::IsAmongTheFirst(const std::string& name, absl::Time now) {
  Subject* const subject = SubjectOf(name);
  if (subject == nullptr) return false;
  if (subject->end <= now) {
    subject->end = now + options_.window;
    subject->denials = 0;
  }
  if (subject->denials == options_.denials_alone_max) return false;
  ++subject->denials;
  return true;
}

bool RefusalCounts::IsAlone(const v1::AuditEntry& entry, absl::Time now) {
  if (IsDenial(entry)) {
    if (IsAmongTheFirst(entry.subject(), now)) return true;
    Count(entry, now);
    return false;
  }
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
    if (kind->second.of_subject) --subjects_[entry.subject()].kinds;
    if (counted) {
      *entry.mutable_time() = entry.repeats().last_time();
      due.push_back(std::move(entry));
    }
    kinds_.erase(kind++);
  }
  absl::erase_if(subjects_, [now](const auto& named) {
    return named.second.kinds == 0 && named.second.end <= now;
  });
  return due;
}

uint64_t RefusalCounts::count() const {
  uint64_t count = 0;
  for (const auto& [key, kind] : kinds_) count += kind.entry.repeats().count();
  return count;
}

}  // namespace sakip::audit
