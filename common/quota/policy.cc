#include "common/quota/policy.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "sakip/quota/v1/quota_policy.pb.h"

namespace sakip::quota {
namespace {

constexpr char kCallers[] = "callers/";
constexpr uint64_t kBurstSeconds = 2;

template <typename T>
std::optional<T> Or(const std::optional<T>& first, const std::optional<T>& second) {
  return first.has_value() ? first : second;
}

std::optional<Rate> ToRate(std::optional<uint64_t> per_second, std::optional<uint64_t> burst) {
  if (!per_second.has_value()) return std::nullopt;
  return Rate{*per_second, burst.value_or(kBurstSeconds * *per_second)};
}

bool IsTenant(absl::string_view name) {
  const auto parsed = ParseResourceName(name);
  return parsed.ok() && parsed->collection.empty();
}

bool IsCaller(absl::string_view name) {
  return absl::StartsWith(name, kCallers) && name.size() > sizeof(kCallers) - 1;
}

}  // namespace

// Turns the message into a policy. Not thread-safe.
class PolicyReader {
 public:
  absl::StatusOr<Policy> Read(const v1::QuotaPolicy& written) {
    ReadDefaults(written);
    if (written.overrides_size() > Policy::kOverridesMax) {
      errors_.Add("overrides", absl::StrCat("are more than ", Policy::kOverridesMax));
    }
    for (int i = 0; i < written.overrides_size(); ++i) {
      ReadOverride(absl::StrCat("overrides[", i, "]"), written.overrides(i));
    }
    if (written.watched_size() > Policy::kWatchedMax) {
      errors_.Add("watched", absl::StrCat("are more than ", Policy::kWatchedMax));
    }
    for (int i = 0; i < written.watched_size(); ++i) {
      ReadWatched(absl::StrCat("watched[", i, "]"), written.watched(i));
    }
    if (!errors_.empty()) return errors_.ToStatus();
    return std::move(policy_);
  }

 private:
  using Written = Policy::Written;

  void ReadDefaults(const v1::QuotaPolicy& written) {
    const auto read = [this](PayerKind kind, const std::string& field, const v1::Limits& limits) {
      policy_.defaults_[static_cast<size_t>(kind)] = ReadLimits(field, limits);
    };
    read(PayerKind::kAgency, "agencies", written.agencies());
    read(PayerKind::kRegion, "regions", written.regions());
    read(PayerKind::kCaller, "callers", written.callers());
    read(PayerKind::kService, "services", written.services());
    read(PayerKind::kOperator, "operators", written.operators());
  }

  void ReadOverride(const std::string& field, const v1::Override& written) {
    const Written limits = ReadLimits(absl::StrCat(field, ".limits"), written.limits());
    switch (written.of_case()) {
      case v1::Override::kTenant:
        if (!IsTenant(written.tenant())) {
          errors_.Add(absl::StrCat(field, ".tenant"),
                      "is not like regions/35.09/agencies/dinsos or regions/35.09");
        }
        return Keep(policy_.of_payers_, absl::StrCat(field, ".tenant"), written.tenant(), limits);
      case v1::Override::kAgenciesIn: {
        const auto region = ParseRegionName(written.agencies_in());
        if (!region.ok() || region->is_all_regions()) {
          return errors_.Add(absl::StrCat(field, ".agencies_in"), "is not like regions/35.09");
        }
        return Keep(policy_.of_agencies_in_, absl::StrCat(field, ".agencies_in"), region->region,
                    limits);
      }
      case v1::Override::kCaller:
        if (written.caller().empty()) errors_.Add(absl::StrCat(field, ".caller"), "is empty");
        return Keep(policy_.of_payers_, absl::StrCat(field, ".caller"),
                    absl::StrCat(kCallers, written.caller()), limits);
      case v1::Override::OF_NOT_SET:
        return errors_.Add(field, "names none of tenant, agencies_in and caller");
    }
  }

  void Keep(std::map<std::string, Written, std::less<>>& kept, const std::string& field,
            const std::string& name, const Written& limits) {
    if (!kept.emplace(name, limits).second) {
      errors_.Add(field, absl::StrCat("is given twice: ", name));
    }
  }

  void ReadWatched(const std::string& field, const std::string& name) {
    if (!IsTenant(name) && !IsCaller(name)) {
      errors_.Add(field, "is neither a region, nor an agency, nor like callers/SUBJECT");
    }
    policy_.watched_.insert(name);
  }

  Written ReadLimits(const std::string& field, const v1::Limits& written) {
    Written limits;
    const auto read = [&](const char* name, bool given, auto value, auto& into) {
      if (!given) return;
      if (value == 0) {
        errors_.Add(absl::StrCat(field, ".", name), "is 0, so that nothing could be called");
      } else if (uint64_t{value} > kMost) {
        errors_.Add(absl::StrCat(field, ".", name), absl::StrCat("is more than ", kMost));
      }
      into = value;
    };
    read("cost_per_second", written.has_cost_per_second(), written.cost_per_second(),
         limits.cost_per_second);
    read("cost_burst", written.has_cost_burst(), written.cost_burst(), limits.cost_burst);
    read("bytes_per_second", written.has_bytes_per_second(), written.bytes_per_second(),
         limits.bytes_per_second);
    read("bytes_burst", written.has_bytes_burst(), written.bytes_burst(), limits.bytes_burst);
    read("streams", written.has_streams(), written.streams(), limits.streams);
    read("calls_in_flight", written.has_calls_in_flight(), written.calls_in_flight(), limits.calls);
    return limits;
  }

  // Of anything: more is a mistake, and would overflow.
  static constexpr uint64_t kMost = 1'000'000'000'000;

  FieldErrors errors_;
  Policy policy_;
};

absl::StatusOr<Policy> Policy::Parse(absl::string_view json) {
  v1::QuotaPolicy written;
  const auto parsed = google::protobuf::util::JsonStringToMessage(std::string(json), &written);
  if (!parsed.ok()) return InvalidField("policy", std::string(parsed.message()));
  return PolicyReader().Read(written);
}

Policy::Written Policy::Written::Over(const Written& base) const {
  return {.cost_per_second = Or(cost_per_second, base.cost_per_second),
          .cost_burst = Or(cost_burst, base.cost_burst),
          .bytes_per_second = Or(bytes_per_second, base.bytes_per_second),
          .bytes_burst = Or(bytes_burst, base.bytes_burst),
          .streams = Or(streams, base.streams),
          .calls = Or(calls, base.calls)};
}

Limits Policy::Written::ToLimits() const {
  return {.cost = ToRate(cost_per_second, cost_burst),
          .bytes = ToRate(bytes_per_second, bytes_burst),
          .streams = streams,
          .calls = calls};
}

Limits Policy::DefaultsOf(PayerKind kind) const {
  return defaults_[static_cast<size_t>(kind)].ToLimits();
}

Limits Policy::LimitsOf(const Payer& payer) const {
  Written limits = defaults_[static_cast<size_t>(payer.kind)];
  if (payer.kind == PayerKind::kAgency) {
    const auto name = ParseAgencyName(payer.name);
    const Written* in_region = name.ok() ? OfAgenciesIn(name->region) : nullptr;
    if (in_region != nullptr) limits = in_region->Over(limits);
  }
  const auto own = of_payers_.find(payer.FullName());
  if (own != of_payers_.end()) limits = own->second.Over(limits);
  return limits.ToLimits();
}

const Policy::Written* Policy::OfAgenciesIn(absl::string_view region) const {
  while (true) {
    const auto found = of_agencies_in_.find(region);
    if (found != of_agencies_in_.end()) return &found->second;
    const size_t dot = region.rfind('.');
    if (dot == absl::string_view::npos) return nullptr;
    region = region.substr(0, dot);
  }
}

}  // namespace sakip::quota
