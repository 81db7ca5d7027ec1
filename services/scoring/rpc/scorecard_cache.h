// ScorecardCache keeps scorecards as they were sent, so that what is read again and again is
// computed once. It changes no answer: a scorecard follows from the records that count, and is
// given again only where those are the same.
//
// Kept packed (LZ4): derivations name the same documents over and over, and shrink to a quarter.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_

#include <grpcpp/support/slice.h>

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"
#include "services/scoring/store/history.h"
#include "services/scoring/store/latest_changes.h"

namespace sakip::scoring {

// Bytes in a small form.
class PackedBytes {
 public:
  explicit PackedBytes(absl::string_view bytes);

  grpc::Slice Unpack() const;

  // That it takes.
  size_t size() const { return packed_.size(); }

 private:
  const size_t unpacked_size_;
  std::string packed_;
};

// Thread-safe. What was read longest ago goes where there is no room.
class ScorecardCache {
 public:
  static constexpr size_t kBytesMax = 256 << 20;  // A quarter of a province, and more.

  explicit ScorecardCache(size_t bytes_max = kBytesMax) : bytes_max_(bytes_max) {}

  // The bytes that were kept under `key`, where they were computed from a state that holds
  // `change`, the latest of their agency in `state`, and nothing that `state` does not hold.
  // Nullptr where there are none.
  std::shared_ptr<const PackedBytes> Find(const std::string& key, const LatestChange& change,
                                          const AsOf& state);

  // Keeps what was computed from `state`; what was kept under `key` goes.
  void Keep(const std::string& key, const AsOf& state, absl::string_view bytes);

 private:
  struct Entry {
    std::string key;
    AsOf state;
    std::shared_ptr<const PackedBytes> bytes;

    // An estimate of what it takes in all.
    size_t size() const { return bytes->size() + 2 * key.size() + 200; }
  };
  using Entries = std::list<Entry>;

  void Drop(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t bytes_max_;
  Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // The last read first.
  std::unordered_map<std::string, Entries::iterator> by_key_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_
