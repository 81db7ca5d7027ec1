#include "services/scoring/rpc/ranking_cache.h"

#include <algorithm>

namespace sakip::scoring {

Ranking RankingCache::Find(const std::string& key) {
  MutexLock lock(mutex_);
  const auto found =
      std::find_if(kept_.begin(), kept_.end(), [&](const auto& kept) { return kept.first == key; });
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return found->second;
}

void RankingCache::Keep(const std::string& key, Ranking ranking) {
  // One more for what an entry costs itself.
  const auto cost = [](const Ranking& kept) { return kept->size() + 1; };
  MutexLock lock(mutex_);
  places_ += cost(ranking);
  kept_.emplace_front(key, std::move(ranking));
  while (places_ > places_max_) {
    places_ -= cost(kept_.back().second);
    kept_.pop_back();
  }
}

}  // namespace sakip::scoring
