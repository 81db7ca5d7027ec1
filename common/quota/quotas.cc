#include "common/quota/quotas.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace sakip::quota {
namespace {

// Calls of different payers seldom wait for one lock.
constexpr size_t kTables = 16;

double OrInfinity(const std::optional<Rate>& rate) {
  return rate.has_value() ? static_cast<double>(rate->per_second)
                          : std::numeric_limits<double>::infinity();
}

double OrInfinity(const std::optional<uint32_t>& number) {
  return number.has_value() ? *number : std::numeric_limits<double>::infinity();
}

absl::string_view UnitOf(Limit limit) {
  switch (limit) {
    case Limit::kCost:
      return "cost units a second";
    case Limit::kBytes:
      return "bytes a second";
    case Limit::kStreams:
      return "streams at a time";
    case Limit::kCalls:
      return "calls at a time";
  }
  return "";
}

}  // namespace

Charge& Charge::operator=(Charge&& other) noexcept {
  Release();
  quotas_ = other.quotas_;
  use_ = other.use_;
  paying_ = other.paying_;
  payers_ = std::exchange(other.payers_, 0);
  return *this;
}

void Charge::Release() {
  for (size_t i = 0; i < payers_; ++i) {
    paying_[i].table->Return(paying_[i].account, use_.streams);
  }
  payers_ = 0;
}

void Charge::SpendBytes(size_t bytes) const {
  if (payers_ == 0) return;
  const absl::Time now = quotas_->clock_.Now();
  for (size_t i = 0; i < payers_; ++i) {
    paying_[i].table->SpendBytes(paying_[i].account, bytes, now);
    quotas_->CountBytes(paying_[i], bytes);
  }
}

absl::Duration Charge::Debt() const {
  absl::Duration debt;
  if (payers_ == 0) return debt;
  const absl::Time now = quotas_->clock_.Now();
  for (size_t i = 0; i < payers_; ++i) {
    debt = std::max(debt, paying_[i].table->Debt(paying_[i].account, now));
  }
  return debt;
}

Quotas::Quotas(QuotaOptions options)
    : clock_(OrSteadyClock(options.clock)),
      metrics_(options.metrics == nullptr ? rpc::InertMetrics() : *options.metrics) {
  accounts_ = &metrics_.AddGauge("sakip_quota_accounts",
                                 "Callers and tenants that are told apart now.", {});
  for (int kind = 0; kind < kPayerKinds; ++kind) {
    const std::string payer(NameOf(static_cast<PayerKind>(kind)));
    OfKind& of_kind = MetricsOf(static_cast<PayerKind>(kind));
    const auto used = [&](const char* unit) {
      return &metrics_.AddCounter("sakip_quota_used_total", "What was used of quotas, by payer.",
                                  {{"payer", payer}, {"unit", unit}});
    };
    of_kind.cost = used("cost");
    of_kind.bytes = used("bytes");
    for (int limit = 0; limit < kLimits; ++limit) {
      const std::string name(NameOf(static_cast<Limit>(limit)));
      of_kind.refused[static_cast<size_t>(limit)] = &metrics_.AddCounter(
          "sakip_quota_refused_total", "Calls that were refused because of a quota.",
          {{"payer", payer}, {"limit", name}});
      of_kind.limits[static_cast<size_t>(limit)] =
          &metrics_.AddGauge("sakip_quota_limit", "What each payer of a kind may use.",
                             {{"payer", payer}, {"limit", name}});
    }
  }
  const auto policy = std::make_shared<const Policy>();
  ShowLimits(*policy);
  const size_t each = std::max<size_t>(options.accounts_max / kTables, 1);
  for (size_t i = 0; i < kTables; ++i) {
    tables_.push_back(std::make_unique<AccountTable>(each, policy));
  }
}

void Quotas::SetPolicy(const Policy& policy) {
  const auto shared = std::make_shared<const Policy>(policy);
  Watch(policy);
  ShowLimits(policy);
  for (const auto& table : tables_) table->SetPolicy(shared);
}

void Quotas::ShowLimits(const Policy& policy) {
  for (int kind = 0; kind < kPayerKinds; ++kind) {
    const Limits limits = policy.DefaultsOf(static_cast<PayerKind>(kind));
    const auto& gauges = MetricsOf(static_cast<PayerKind>(kind)).limits;
    gauges[static_cast<size_t>(Limit::kCost)]->Set(OrInfinity(limits.cost));
    gauges[static_cast<size_t>(Limit::kBytes)]->Set(OrInfinity(limits.bytes));
    gauges[static_cast<size_t>(Limit::kStreams)]->Set(OrInfinity(limits.streams));
    gauges[static_cast<size_t>(Limit::kCalls)]->Set(OrInfinity(limits.calls));
  }
}

void Quotas::Watch(const Policy& policy) {
  MutexLock lock(watched_mutex_);
  for (const std::string& name : policy.watched()) {
    if (watched_.count(name) > 0) continue;
    const auto used = [&](const char* unit) {
      return &metrics_.AddCounter("sakip_quota_watched_used_total",
                                  "What was used of quotas by those that the policy watches.",
                                  {{"of", name}, {"unit", unit}});
    };
    watched_[name] = {
        used("cost"), used("bytes"),
        &metrics_.AddCounter("sakip_quota_watched_refused_total",
                             "Calls that were refused to those that are watched.", {{"of", name}})};
  }
}

AccountTable& Quotas::TableOf(const Payer& payer) {
  return *tables_[std::hash<std::string>()(payer.name) % tables_.size()];
}

absl::Status Quotas::Take(const Payer& payer, const Use& use, Charge& charge) {
  SAKIP_CHECK(charge.payers_ < charge.paying_.size());
  AccountTable& table = TableOf(payer);
  const AccountTable::Taken taken = table.Take(payer, use, clock_.Now());
  if (taken.more_accounts != 0) accounts_->Add(taken.more_accounts);
  const WatchedUse* watched = taken.watched ? FindWatched(payer) : nullptr;
  if (taken.account == nullptr) return Refused(payer, watched, taken.refusal);
  const Charge::Paying paying{&table, taken.account, payer.kind, watched};
  charge.quotas_ = this;
  charge.use_ = use;
  charge.paying_[charge.payers_++] = paying;
  MetricsOf(payer.kind).cost->Increment(use.cost);
  if (watched != nullptr) watched->cost->Increment(use.cost);
  CountBytes(paying, use.bytes);
  return absl::OkStatus();
}

const WatchedUse* Quotas::FindWatched(const Payer& payer) {
  MutexLock lock(watched_mutex_);
  const auto found = watched_.find(payer.FullName());
  return found == watched_.end() ? nullptr : &found->second;
}

absl::Status Quotas::Refused(const Payer& payer, const WatchedUse* watched,
                             const Refusal& refusal) {
  MetricsOf(payer.kind).refused[static_cast<size_t>(refusal.limit)]->Increment(1);
  if (watched != nullptr) watched->refused->Increment(1);
  return WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, "QUOTA_EXCEEDED",
                absl::StrCat(payer.FullName(), " is at its limit of ", refusal.value, " ",
                             UnitOf(refusal.limit), "; retry after RetryInfo"),
                {{"limit", absl::StrCat(NameOf(payer.kind), ".", NameOf(refusal.limit))},
                 {"of", payer.FullName()}}),
      refusal.delay);
}

void Quotas::CountBytes(const Charge::Paying& paying, size_t bytes) {
  MetricsOf(paying.kind).bytes->Increment(static_cast<double>(bytes));
  if (paying.watched != nullptr) paying.watched->bytes->Increment(static_cast<double>(bytes));
}

}  // namespace sakip::quota
