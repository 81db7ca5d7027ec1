// Quotas decides whether callers and tenants may use more of the server, and counts what they do.
//
// A caller that ignores RetryInfo gains nothing: what it sends too early is refused before it is
// looked at further, each attempt that the caller's own limits let through is paid for also where
// its tenant's limits or an overload then refuse it, and refusals never spend what others have.
#ifndef SAKIP_COMMON_QUOTA_QUOTAS_H_
#define SAKIP_COMMON_QUOTA_QUOTAS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/quota/account.h"
#include "common/quota/limits.h"
#include "common/quota/policy.h"
#include "common/rpc/metrics.h"

namespace sakip::quota {

class Quotas;

// Metrics of a payer that has some of its own.
struct WatchedUse {
  rpc::Counter* cost = nullptr;
  rpc::Counter* bytes = nullptr;
  rpc::Counter* refused = nullptr;
};

// What a running call holds of the quotas of those who pay for it; gives their places back when it
// is destroyed. Empty where nobody pays. Not thread-safe but for SpendBytes and Debt. Its Quotas
// outlives it.
class Charge {
 public:
  Charge() = default;
  Charge(Charge&& other) noexcept
      : quotas_(other.quotas_),
        use_(other.use_),
        paying_(other.paying_),
        payers_(std::exchange(other.payers_, 0)) {}
  Charge& operator=(Charge&& other) noexcept;
  ~Charge() { Release(); }

  // Ends the call before the destructor does.
  void Release();

  // Further bytes that the call received or sent; they may be more than there are.
  void SpendBytes(size_t bytes) const;

  // How long until everybody who pays has paid for the bytes: a stream waits so long before it
  // sends or takes more.
  absl::Duration Debt() const;

 private:
  friend class Quotas;

  struct Paying {
    AccountTable* table = nullptr;
    Account* account = nullptr;
    PayerKind kind = PayerKind::kCaller;
    const WatchedUse* watched = nullptr;  // Null where its use is no metric of its own.
  };

  Quotas* quotas_ = nullptr;
  Use use_;
  std::array<Paying, 2> paying_{};  // The caller and the tenant.
  size_t payers_ = 0;
};

struct QuotaOptions {
  size_t accounts_max = 100'000;    // Callers and tenants that are told apart at a time.
  rpc::Metrics* metrics = nullptr;  // Borrowed; null means none.
  const Clock* clock = nullptr;     // Borrowed; null means a SteadyClock. Must not go backwards.
};

// Thread-safe. Outlives its charges.
//
//   sakip_quota_limit{payer,limit}           of each of a kind; absent limits are +Inf
//   sakip_quota_used_total{payer,unit}       cost units and bytes
//   sakip_quota_refused_total{payer,limit}
//   sakip_quota_accounts                     callers and tenants that are told apart now
//   sakip_quota_watched_used_total{of,unit}  of those that the policy names
//   sakip_quota_watched_refused_total{of}
class Quotas {
 public:
  explicit Quotas(QuotaOptions options = {});
  Quotas(const Quotas&) = delete;
  Quotas& operator=(const Quotas&) = delete;

  // From now on; what was used stays used. Limits nobody before the first call.
  void SetPolicy(const Policy& policy);

  // Begins a call that `payer` pays for, the caller first and then, once the call is authorized,
  // the tenant. A refusal changes nothing but the metrics.
  //
  // A charge is of one call and two payers at most.
  //
  //   RESOURCE_EXHAUSTED  QUOTA_EXCEEDED  with a retry delay; the facts are `limit`, such as
  //                                       `agency.cost_per_second`, and `of`, the full name.
  absl::Status Take(const Payer& payer, const Use& use, Charge& charge);

 private:
  friend class Charge;

  struct OfKind {
    rpc::Counter* cost = nullptr;
    rpc::Counter* bytes = nullptr;
    std::array<rpc::Counter*, kLimits> refused{};
    std::array<rpc::Gauge*, kLimits> limits{};
  };

  AccountTable& TableOf(const Payer& payer);
  OfKind& MetricsOf(PayerKind kind) { return by_kind_[static_cast<size_t>(kind)]; }
  void ShowLimits(const Policy& policy);
  void Watch(const Policy& policy);
  const WatchedUse* FindWatched(const Payer& payer);
  absl::Status Refused(const Payer& payer, const WatchedUse* watched, const Refusal& refusal);
  void CountBytes(const Charge::Paying& paying, size_t bytes);

  const Clock& clock_;
  rpc::Metrics& metrics_;
  std::array<OfKind, kPayerKinds> by_kind_;
  rpc::Gauge* accounts_ = nullptr;
  std::vector<std::unique_ptr<AccountTable>> tables_;  // Not changed after construction.
  Mutex watched_mutex_;
  // Only ever grows: metrics are never taken back.
  std::map<std::string, WatchedUse> watched_ ABSL_GUARDED_BY(watched_mutex_);
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_QUOTAS_H_
