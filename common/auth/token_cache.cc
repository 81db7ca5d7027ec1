#include "common/auth/token_cache.h"

namespace sakip::auth {

std::shared_ptr<const VerifiedToken> TokenCache::Find(const std::string& digest) {
  MutexLock lock(mutex_);
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void TokenCache::Add(const std::string& digest, std::shared_ptr<const VerifiedToken> token) {
  MutexLock lock(mutex_);
  if (tokens_max_ == 0 || by_digest_.count(digest) != 0) return;
  if (entries_.size() == tokens_max_) {
    by_digest_.erase(entries_.back().first);
    entries_.pop_back();
  }
  entries_.emplace_front(digest, std::move(token));
  by_digest_.emplace(digest, entries_.begin());
}

void TokenCache::Remove(const std::string& digest) {
  MutexLock lock(mutex_);
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return;
  entries_.erase(found->second);
  by_digest_.erase(found);
}

size_t TokenCache::size() const {
  MutexLock lock(mutex_);
  return entries_.size();
}

}  // namespace sakip::auth
