// Disowner is an authenticator for tests of calls whose callers may not go on.
#ifndef SAKIP_COMMON_RPC_TEST_DISOWNER_H_
#define SAKIP_COMMON_RPC_TEST_DISOWNER_H_

#include <atomic>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/rpc/identity.h"

namespace sakip::rpc {

// What a test decides about callers, and sees. Thread-safe.
struct Trust {
  std::atomic<bool> disowned{false};
  std::atomic<int> confirmed{0};  // How often it was asked whether a caller may go on.
};

// Believes everybody until the test disowns all. Thread-safe. Borrows `trust`.
class Disowner final : public Authenticator {
 public:
  Disowner(Trust& trust, absl::Duration confirm_every)
      : trust_(trust), confirm_every_(confirm_every) {}

  absl::StatusOr<Principal> Authenticate(const Evidence& evidence) const override {
    return MakeDevAuthenticator()->Authenticate(evidence);
  }
  absl::Status Confirm(const Principal&) const override {
    ++trust_.confirmed;
    if (!trust_.disowned) return absl::OkStatus();
    return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID", "for a test");
  }
  absl::Duration confirm_every() const override { return confirm_every_; }
  bool loopback_only() const override { return true; }

 private:
  Trust& trust_;
  const absl::Duration confirm_every_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_DISOWNER_H_
