// TokenCache remembers verified tokens, so that a signature is checked once and not for each call.
#ifndef SAKIP_COMMON_AUTH_TOKEN_CACHE_H_
#define SAKIP_COMMON_AUTH_TOKEN_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/strings/string_view.h"
#include "common/auth/verify_token.h"
#include "common/base/mutex.h"

namespace sakip::auth {

// Thread-safe. Knows neither keys nor the time: whoever takes a token from here checks that its key
// still counts and that it has not expired.
class TokenCache {
 public:
  // Keeps the `tokens_max` that were used last.
  explicit TokenCache(size_t tokens_max) : tokens_max_(tokens_max) {}

  // The token with that SHA-256; null where it is not remembered.
  std::shared_ptr<const VerifiedToken> Find(const std::string& digest);

  void Add(const std::string& digest, std::shared_ptr<const VerifiedToken> token);
  void Remove(const std::string& digest);

  size_t size() const;

 private:
  using Entry = std::pair<std::string, std::shared_ptr<const VerifiedToken>>;

  const size_t tokens_max_;
  mutable Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // The one used last first.
  std::unordered_map<std::string, std::list<Entry>::iterator> by_digest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_TOKEN_CACHE_H_
