// Who pays for calls, and what each may use. Values.
#ifndef SAKIP_COMMON_QUOTA_LIMITS_H_
#define SAKIP_COMMON_QUOTA_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/quota/token_bucket.h"

namespace sakip::quota {

// What kind of caller or tenant pays; each has limits of its own.
enum class PayerKind { kAgency, kRegion, kCaller, kService, kOperator };
inline constexpr int kPayerKinds = 5;

// `agency`, `region`, `caller`, `service`, `operator`.
absl::string_view NameOf(PayerKind kind);

struct Payer {
  PayerKind kind = PayerKind::kCaller;
  std::string name;  // `regions/35.09/agencies/dinsos`, `regions/35`, or the caller's subject.

  // As a policy names it: tenants by their names, `callers/{subject}` whatever kind of caller.
  std::string FullName() const;
};

// The payer that a tenant is: of an agency, or of a region or all of them (`regions/-`).
Payer TenantPayer(absl::string_view tenant);

// What one payer may use; what is not set is not limited.
struct Limits {
  std::optional<Rate> cost{};   // Units that methods declare, a second.
  std::optional<Rate> bytes{};  // Of requests and responses, a second.
  std::optional<uint32_t> streams{};
  std::optional<uint32_t> calls{};  // In flight, with one response each.

  friend bool operator==(const Limits& a, const Limits& b) {
    return a.cost == b.cost && a.bytes == b.bytes && a.streams == b.streams && a.calls == b.calls;
  }
};

// Which of them.
enum class Limit { kCost, kBytes, kStreams, kCalls };
inline constexpr int kLimits = 4;

// As the policy calls it: `cost_per_second`, `bytes_per_second`, `streams`, `calls_in_flight`.
absl::string_view NameOf(Limit limit);

// What a call needs to begin.
struct Use {
  uint32_t cost = 1;
  size_t bytes = 0;
  bool streams = false;
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_LIMITS_H_
