// CachedKeys keeps the keys of an issuer and fetches them anew: every so often, and when somebody
// comes with a key that it does not have, yet not as often as anybody likes.
//
// A file is read every two seconds: a new key counts by then whoever asks. A URL is asked every 20
// seconds, and once more, at most every 30 seconds, for an unknown key. So a key that is removed is
// forgotten within 20 seconds and what the fetch takes, and an open stream asks every 30
// (rpc::kConfirmEvery): a minute in all.
//
// Where fetching fails the keys of last time are kept, up to `stale_max`; then there are none.
#ifndef SAKIP_COMMON_AUTH_CACHED_KEYS_H_
#define SAKIP_COMMON_AUTH_CACHED_KEYS_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/ask_floor.h"
#include "common/auth/key_fetcher.h"
#include "common/auth/key_set.h"
#include "common/auth/key_source.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/rpc/metrics.h"

namespace sakip::auth {

struct CachedKeysOptions {
  absl::Duration refresh_every = absl::Seconds(20);
  absl::Duration unknown_key_floor = absl::Seconds(30);  // Between two fetches for unknown keys.
  absl::Duration stale_max = absl::Hours(24);
  rpc::Metrics* metrics = nullptr;  // Borrowed; null means InertMetrics().
};

// Thread-safe. Borrows the clock. Its destructor waits for a fetch that is under way.
class CachedKeys final : public KeySource {
 public:
  CachedKeys(std::unique_ptr<KeyFetcher> fetcher, const CachedKeysOptions& options,
             const Clock& clock);
  ~CachedKeys() override;

  // Fetches the keys now; waits for it. The keys of last time stay where it fails.
  absl::Status Refresh();

  // Fetches in the background from now on. Called once at most.
  void Start();

  std::shared_ptr<const KeySet> Keys() const override;
  void OnUnknownKey() override;

 private:
  // Returns false when it shall stop.
  bool AwaitDue();

  const std::unique_ptr<KeyFetcher> fetcher_;
  const CachedKeysOptions options_;
  const Clock& clock_;
  rpc::Gauge& fetched_;

  Mutex fetch_mutex_;  // Held while keys are fetched; before mutex_.
  std::string jwks_ ABSL_GUARDED_BY(fetch_mutex_);
  std::string trouble_ ABSL_GUARDED_BY(fetch_mutex_);  // What was logged last.

  mutable Mutex mutex_;
  ConditionVariable wake_;
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time fetch_time_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  AskFloor floor_ ABSL_GUARDED_BY(mutex_);
  bool asked_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// The keys of `jwks`, a file or a URL as MakeUrlFetcher takes it, fetched once and from now on in
// the background; a file is read more often than the options say. A URL that cannot be reached now
// may be later. The clock is borrowed.
//   INVALID_ARGUMENT     the URL is refused.
//   FAILED_PRECONDITION  the file cannot be read, or is no JWKS.
absl::StatusOr<std::shared_ptr<KeySource>> OpenKeySource(const std::string& jwks,
                                                         const std::string& ca_file,
                                                         CachedKeysOptions options,
                                                         const Clock& clock);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_CACHED_KEYS_H_
