#include "services/scoring/store/recent_changes.h"

#include <algorithm>
#include <utility>

namespace sakip::scoring {

void RecentChanges::Add(Source source, uint64_t from, uint64_t next, std::vector<Change> changes) {
  MutexLock lock(mutex_);
  Known& known = known_[Index(source)];
  if (known.next != from) known = {from, from, {}};
  for (Change& change : changes) known.changes.push_back(std::move(change));
  known.next = next;
  while (known.changes.size() > changes_max_) {
    known.first = known.changes.front().position + 1;
    known.changes.pop_front();
  }
}

bool RecentChanges::Visit(Source source, uint64_t from, uint64_t to,
                          const std::function<void(const Change&)>& visit) const {
  if (from >= to) return true;
  MutexLock lock(mutex_);
  const Known& known = known_[Index(source)];
  if (from < known.first || to > known.next) return false;
  const auto first = std::lower_bound(
      known.changes.begin(), known.changes.end(), from,
      [](const Change& change, uint64_t position) { return change.position < position; });
  for (auto it = first; it != known.changes.end() && it->position < to; ++it) visit(*it);
  return true;
}

}  // namespace sakip::scoring
