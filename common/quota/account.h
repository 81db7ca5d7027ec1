// AccountTable keeps what payers use now: a bucket for each rate, a count for each number.
#ifndef SAKIP_COMMON_QUOTA_ACCOUNT_H_
#define SAKIP_COMMON_QUOTA_ACCOUNT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "common/base/mutex.h"
#include "common/quota/limits.h"
#include "common/quota/policy.h"
#include "common/quota/token_bucket.h"

namespace sakip::quota {

// One payer's use. Touched under the lock of its table only.
struct Account {
  Payer payer;
  uint64_t policy_version = 0;  // That `limits` are of.
  Limits limits;
  bool watched = false;
  std::optional<TokenBucket> cost;
  std::optional<TokenBucket> bytes;
  uint32_t streams = 0;
  uint32_t calls = 0;
};

// Why a payer may not begin a call now.
struct Refusal {
  Limit limit = Limit::kCost;
  uint64_t value = 0;  // Of the limit.
  absl::Duration delay{};
};

// Thread-safe. Bounded: who is idle with full buckets is as good as unknown and is forgotten, from
// the longest idle on, when another comes. Where none is idle, those for whom there is no room
// share one account of their kind. Times must not go backwards.
class AccountTable {
 public:
  AccountTable(size_t accounts_max, std::shared_ptr<const Policy> policy);

  // The limits of every account follow `policy` from their next call on.
  void SetPolicy(std::shared_ptr<const Policy> policy);

  struct Taken {
    Account* account = nullptr;  // Null where refused. Lives until the call was returned.
    bool watched = false;
    int more_accounts = 0;  // Than before; fewer where it is negative.
    Refusal refusal{};
  };

  // Begins a call of `payer`: takes its place and spends its cost and bytes, or refuses and does
  // neither.
  Taken Take(const Payer& payer, const Use& use, absl::Time now);

  // The call has ended. What it spent is spent.
  void Return(Account* account, bool streams);

  // More bytes of a call that runs.
  void SpendBytes(Account* account, size_t bytes, absl::Time now);

  // How long until the account has paid for its bytes.
  absl::Duration Debt(Account* account, absl::Time now);

  size_t size() const;

 private:
  struct Entry {
    Account account;
    std::list<std::string>::iterator used;  // End where it is shared.
  };

  Account& Find(const Payer& payer, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ForgetIdle(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FollowPolicy(Account& account, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t accounts_max_;
  mutable Mutex mutex_;
  std::shared_ptr<const Policy> policy_ ABSL_GUARDED_BY(mutex_);
  uint64_t policy_version_ ABSL_GUARDED_BY(mutex_) = 1;
  std::unordered_map<std::string, Entry> accounts_ ABSL_GUARDED_BY(mutex_);  // By kind and name.
  std::list<std::string> by_use_ ABSL_GUARDED_BY(mutex_);  // Their keys, the last used last.
  std::array<Account, kPayerKinds> shared_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_ACCOUNT_H_
