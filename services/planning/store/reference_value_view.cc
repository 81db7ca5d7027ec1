#include "services/planning/store/reference_value_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/planning/v1/events.pb.h"

namespace sakip::planning {

absl::StatusOr<bool> ReferenceValueView::Apply(const eventlog::v1::Record& record) {
  if (record.type() != v1::ReferenceValuesPublished::descriptor()->full_name()) return false;
  auto event = eventlog::ParsePayload<v1::ReferenceValuesPublished>(record);
  const absl::string_view region = OwnerOf(record.stream());
  MutexLock lock(mutex_);
  // Also of what cannot be read: the next write expects this revision.
  stream_revisions_[record.stream()] = record.stream_revision();
  RETURN_IF_ERROR(event.status());
  for (v1::ReferenceValueChange& change : *event->mutable_changes()) {
    v1::ReferenceValue& value = *change.mutable_reference_value();
    value.set_log_position(record.position());
    std::string key = Key(region, value);
    values_[std::move(key)] = std::move(value);
  }
  return true;
}

uint64_t ReferenceValueView::StreamRevision(const std::string& stream) const {
  MutexLock lock(mutex_);
  const auto it = stream_revisions_.find(stream);
  return it == stream_revisions_.end() ? 0 : it->second;
}

std::optional<v1::ReferenceValue> ReferenceValueView::Find(absl::string_view region,
                                                           const v1::ReferenceValue& like) const {
  const std::string key = Key(region, like);
  MutexLock lock(mutex_);
  const auto it = values_.find(key);
  if (it == values_.end()) return std::nullopt;
  return it->second;
}

std::vector<v1::ReferenceValue> ReferenceValueView::List(
    const std::string& prefix, const std::string& after, size_t limit,
    const std::function<bool(const v1::ReferenceValue&)>& wanted) const {
  std::vector<v1::ReferenceValue> values;
  MutexLock lock(mutex_);
  for (auto it = values_.upper_bound(std::max(prefix, after));
       it != values_.end() && values.size() < limit && absl::StartsWith(it->first, prefix); ++it) {
    if (wanted(it->second)) values.push_back(it->second);
  }
  return values;
}

// A space sorts before all that a code or a region's name may hold.
std::string ReferenceValueView::Key(absl::string_view region, const v1::ReferenceValue& value) {
  return absl::StrFormat("%s %s %04d %d", region, value.indicator_code(), value.year(),
                         static_cast<int>(value.level()));
}

std::string ReferenceValueView::KeyPrefix(absl::string_view region,
                                          absl::string_view indicator_code) {
  return indicator_code.empty() ? absl::StrCat(region, " ")
                                : absl::StrCat(region, " ", indicator_code, " ");
}

}  // namespace sakip::planning
