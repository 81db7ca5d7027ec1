// RankingCache keeps the orders that lists were given on their first pages, so that the pages after
// them need not score all agencies again. It changes no answer: an order of a state is the same
// whenever it is computed, and is computed again where it is not here any more.
#ifndef SAKIP_SERVICES_SCORING_RPC_RANKING_CACHE_H_
#define SAKIP_SERVICES_SCORING_RPC_RANKING_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"

namespace sakip::scoring {

struct Place {
  std::string agency;  // Resource name.
  int rank = 0;        // From 1; 0 where there is none.
};

using Ranking = std::shared_ptr<const std::vector<Place>>;

// Thread-safe. Holds at most so many places, about 100 bytes each: what was used longest ago goes.
class RankingCache {
 public:
  static constexpr size_t kPlacesMax = 200'000;  // Nine countries.

  explicit RankingCache(size_t places_max = kPlacesMax) : places_max_(places_max) {}

  // `key` is the list and the state. Nullptr where it is not here.
  Ranking Find(const std::string& key);

  void Keep(const std::string& key, Ranking ranking);

 private:
  const size_t places_max_;
  Mutex mutex_;
  std::list<std::pair<std::string, Ranking>> kept_ ABSL_GUARDED_BY(mutex_);  // The last used first.
  size_t places_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_RANKING_CACHE_H_
