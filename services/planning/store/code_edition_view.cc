#include "services/planning/store/code_edition_view.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/planning/v1/events.pb.h"

namespace sakip::planning {

absl::StatusOr<bool> CodeEditionView::Apply(const eventlog::v1::Record& record) {
  if (record.type() != v1::CodeEditionPublished::descriptor()->full_name()) return false;
  ASSIGN_OR_RETURN(auto event, eventlog::ParsePayload<v1::CodeEditionPublished>(record));
  // A copy of the rest: a message that is only cleared keeps the memory of its entries.
  event.mutable_code_edition()->clear_entries();
  v1::CodeEdition edition = event.code_edition();
  edition.set_log_position(record.position());
  MutexLock lock(mutex_);
  editions_[edition.name()] = std::move(edition);
  return true;
}

std::optional<v1::CodeEdition> CodeEditionView::Find(const std::string& name) const {
  MutexLock lock(mutex_);
  const auto it = editions_.find(name);
  if (it == editions_.end()) return std::nullopt;
  return it->second;
}

std::vector<v1::CodeEdition> CodeEditionView::List(
    const std::string& after, size_t limit,
    const std::function<bool(const std::string&)>& wanted) const {
  std::vector<v1::CodeEdition> editions;
  MutexLock lock(mutex_);
  for (auto it = editions_.upper_bound(after); it != editions_.end() && editions.size() < limit;
       ++it) {
    if (wanted(it->first)) editions.push_back(it->second);
  }
  return editions;
}

}  // namespace sakip::planning
