// KeySource is where the keys of an issuer come from, now and later.
#ifndef SAKIP_COMMON_AUTH_KEY_SOURCE_H_
#define SAKIP_COMMON_AUTH_KEY_SOURCE_H_

#include <memory>

#include "common/auth/key_set.h"

namespace sakip::auth {

// Thread-safe. Never waits.
class KeySource {
 public:
  virtual ~KeySource() = default;

  // The keys that count now: never null, and without a key where none may be believed any more.
  virtual std::shared_ptr<const KeySet> Keys() const = 0;

  // Somebody came with a key that Keys() does not have: it may be new.
  virtual void OnUnknownKey() = 0;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_KEY_SOURCE_H_
