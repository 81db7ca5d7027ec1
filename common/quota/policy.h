// Policy is what operators wrote about quotas, checked (sakip.quota.v1.QuotaPolicy).
#ifndef SAKIP_COMMON_QUOTA_POLICY_H_
#define SAKIP_COMMON_QUOTA_POLICY_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/quota/limits.h"

namespace sakip::quota {

// Immutable and thread-safe.
class Policy {
 public:
  // Limits nobody.
  Policy() = default;

  // Reads the JSON form of sakip.quota.v1.QuotaPolicy.
  //   INVALID_ARGUMENT  INVALID_FIELD naming every field at fault, or what does not parse.
  static absl::StatusOr<Policy> Parse(absl::string_view json);

  Limits LimitsOf(const Payer& payer) const;

  // Without exceptions.
  Limits DefaultsOf(PayerKind kind) const;

  // Full names of the payers whose use is a metric of their own.
  const std::set<std::string>& watched() const { return watched_; }

  static constexpr int kOverridesMax = 10'000;
  static constexpr int kWatchedMax = 100;

 private:
  friend class PolicyReader;

  // As written: what is not set says nothing.
  struct Written {
    std::optional<uint64_t> cost_per_second{};
    std::optional<uint64_t> cost_burst{};
    std::optional<uint64_t> bytes_per_second{};
    std::optional<uint64_t> bytes_burst{};
    std::optional<uint32_t> streams{};
    std::optional<uint32_t> calls{};

    // With what is not set from `base`.
    Written Over(const Written& base) const;
    Limits ToLimits() const;
  };

  // The exception for the region or the nearest one above it; null where there is none.
  const Written* OfAgenciesIn(absl::string_view region) const;

  std::array<Written, kPayerKinds> defaults_{};
  std::map<std::string, Written, std::less<>> of_agencies_in_;  // By region code.
  std::map<std::string, Written, std::less<>> of_payers_;       // By full name.
  std::set<std::string> watched_;
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_POLICY_H_
