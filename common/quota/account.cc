#include "common/quota/account.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace sakip::quota {
namespace {

// Nobody knows when a call or a stream ends.
constexpr absl::Duration kPlaceDelay = absl::Milliseconds(500);
constexpr int kForgottenAtOnce = 4;

bool IsIdle(const Account& account, absl::Time now) {
  return account.streams == 0 && account.calls == 0 &&
         (!account.cost.has_value() || account.cost->IsFull(now)) &&
         (!account.bytes.has_value() || account.bytes->IsFull(now));
}

// What of `use` the account has no room for.
std::optional<Refusal> Refuse(const Account& account, const Use& use, absl::Time now) {
  const std::optional<uint32_t>& places =
      use.streams ? account.limits.streams : account.limits.calls;
  const uint32_t taken = use.streams ? account.streams : account.calls;
  if (places.has_value() && taken >= *places) {
    return Refusal{use.streams ? Limit::kStreams : Limit::kCalls, *places, kPlaceDelay};
  }
  if (account.cost.has_value()) {
    const absl::Duration delay = account.cost->TimeUntil(use.cost, now);
    if (delay > absl::ZeroDuration()) {
      return Refusal{Limit::kCost, account.cost->rate().per_second, delay};
    }
  }
  if (account.bytes.has_value()) {
    const absl::Duration delay = account.bytes->TimeUntil(use.bytes, now);
    if (delay > absl::ZeroDuration()) {
      return Refusal{Limit::kBytes, account.bytes->rate().per_second, delay};
    }
  }
  return std::nullopt;
}

// A subject may call as a service, as an operator and as neither.
std::string KeyOf(const Payer& payer) { return absl::StrCat(NameOf(payer.kind), " ", payer.name); }

void SetBucket(const std::optional<Rate>& rate, absl::Time now,
               std::optional<TokenBucket>& bucket) {
  if (!rate.has_value()) {
    bucket.reset();
  } else if (!bucket.has_value()) {
    bucket.emplace(*rate);
  } else if (!(bucket->rate() == *rate)) {
    bucket->SetRate(*rate, now);
  }
}

}  // namespace

AccountTable::AccountTable(size_t accounts_max, std::shared_ptr<const Policy> policy)
    : accounts_max_(accounts_max), policy_(std::move(policy)) {
  for (int kind = 0; kind < kPayerKinds; ++kind) {
    shared_[static_cast<size_t>(kind)].payer = {static_cast<PayerKind>(kind), "others"};
  }
}

void AccountTable::SetPolicy(std::shared_ptr<const Policy> policy) {
  MutexLock lock(mutex_);
  policy_ = std::move(policy);
  ++policy_version_;
}

AccountTable::Taken AccountTable::Take(const Payer& payer, const Use& use, absl::Time now) {
  MutexLock lock(mutex_);
  const auto before = static_cast<int>(accounts_.size());
  Account& account = Find(payer, now);
  FollowPolicy(account, now);
  Taken taken;
  taken.watched = account.watched;
  taken.more_accounts = static_cast<int>(accounts_.size()) - before;
  if (const auto refusal = Refuse(account, use, now)) {
    taken.refusal = *refusal;
    return taken;
  }
  ++(use.streams ? account.streams : account.calls);
  if (account.cost.has_value()) account.cost->Spend(use.cost, now);
  if (account.bytes.has_value()) account.bytes->Spend(use.bytes, now);
  taken.account = &account;
  return taken;
}

Account& AccountTable::Find(const Payer& payer, absl::Time now) {
  std::string name = KeyOf(payer);
  const auto found = accounts_.find(name);
  if (found != accounts_.end()) {
    by_use_.splice(by_use_.end(), by_use_, found->second.used);
    return found->second.account;
  }
  ForgetIdle(now);
  if (accounts_.size() >= accounts_max_) return shared_[static_cast<size_t>(payer.kind)];
  Entry& entry = accounts_[name];
  entry.account.payer = payer;
  entry.used = by_use_.insert(by_use_.end(), std::move(name));
  return entry.account;
}

// More than one, so that a table that was large shrinks; few, so that no call waits for it.
void AccountTable::ForgetIdle(absl::Time now) {
  for (int i = 0; i < kForgottenAtOnce && !by_use_.empty(); ++i) {
    const auto oldest = accounts_.find(by_use_.front());
    if (!IsIdle(oldest->second.account, now)) {
      // It had its turn to be looked at; behind it are others.
      by_use_.splice(by_use_.end(), by_use_, by_use_.begin());
      continue;
    }
    by_use_.pop_front();
    accounts_.erase(oldest);
  }
}

void AccountTable::FollowPolicy(Account& account, absl::Time now) {
  if (account.policy_version == policy_version_) return;
  account.policy_version = policy_version_;
  account.limits = policy_->LimitsOf(account.payer);
  account.watched = policy_->watched().count(account.payer.FullName()) > 0;
  SetBucket(account.limits.cost, now, account.cost);
  SetBucket(account.limits.bytes, now, account.bytes);
}

void AccountTable::Return(Account* account, bool streams) {
  MutexLock lock(mutex_);
  --(streams ? account->streams : account->calls);
}

void AccountTable::SpendBytes(Account* account, size_t bytes, absl::Time now) {
  MutexLock lock(mutex_);
  if (account->bytes.has_value()) account->bytes->Spend(bytes, now);
}

absl::Duration AccountTable::Debt(Account* account, absl::Time now) {
  MutexLock lock(mutex_);
  return account->bytes.has_value() ? account->bytes->Debt(now) : absl::ZeroDuration();
}

size_t AccountTable::size() const {
  MutexLock lock(mutex_);
  return accounts_.size();
}

}  // namespace sakip::quota
