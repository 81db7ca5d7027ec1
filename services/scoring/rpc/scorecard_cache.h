// ScorecardCache keeps scorecards as they were sent, so that what is read again and again is
// computed once. It changes no answer: a scorecard follows from the records that count, and is
// given again only where those are the same.
//
// Kept packed (LZ4): derivations name the same documents over and over, and shrink to a quarter. A
// thread of its own packs, so that no answer waits for it; until then bytes are kept as they came.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_

#include <grpcpp/support/slice.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
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
  // That wait to be packed; of more, whoever keeps them packs.
  static constexpr size_t kWaitingBytesMax = 16 << 20;

  explicit ScorecardCache(size_t bytes_max = kBytesMax,
                          size_t waiting_bytes_max = kWaitingBytesMax);
  ~ScorecardCache();

  // The bytes that were kept under `key`, where they were computed from a state that holds
  // `change`, the latest of their agency in `state`, and nothing that `state` does not hold.
  // Absent where there are none.
  std::optional<grpc::Slice> Find(const std::string& key, const LatestChange& change,
                                  const AsOf& state);

  // Keeps what was computed from `state`; what was kept under `key` goes.
  void Keep(const std::string& key, const AsOf& state, grpc::Slice bytes);

  // Waits until nothing waits to be packed.
  void WaitUntilPacked();

  // An estimate of what all that is kept takes.
  size_t size();

 private:
  struct Entry {
    std::string key;
    AsOf state;
    uint64_t number = 0;                        // Of those that were kept.
    grpc::Slice plain;                          // Until it is packed.
    std::shared_ptr<const PackedBytes> packed;  // Null until then.

    size_t size() const {
      return (packed == nullptr ? plain.size() : packed->size()) + 2 * key.size() + 200;
    }
  };
  using Entries = std::list<Entry>;

  // What is to be packed: shares its bytes with the entry of that number, if that is still there.
  struct Waiting {
    std::string key;
    uint64_t number;
    grpc::Slice plain;
  };

  bool MayWait(size_t bytes);
  // Packs what waits until the cache goes.
  void Pack();
  void SetPacked(const Waiting& waiting, std::shared_ptr<const PackedBytes> packed)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Drop(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t bytes_max_;
  const size_t waiting_bytes_max_;
  Mutex mutex_;
  ConditionVariable changed_;                // What waits, or stopping.
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // The last read first.
  std::unordered_map<std::string, Entries::iterator> by_key_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t kept_ ABSL_GUARDED_BY(mutex_) = 0;           // So many were.
  std::list<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);  // The first is being packed.
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread packing_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_CACHE_H_
