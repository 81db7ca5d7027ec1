#include "common/rpc/work_line.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/status_convert.h"

namespace sakip::rpc {
namespace {

// Cost units of a visit: a tenant's cheap calls go together, and its dear ones wait for more.
constexpr uint64_t kQuantum = 20;
// About the last hundred works decide what a unit takes.
constexpr double kMemory = 0.99;
// After which what a tenant had counts 1/e.
constexpr absl::Duration kRecent = absl::Seconds(1);
// Where workers idle for more than a sixth of the time, bursts stay possible.
constexpr double kIdleWorth = 5;
// Who had so many times what another had makes room for it: a little more where it came just now,
// for who finds room in a short line is chance; much more where it waited already, so that hardly
// anybody waits in vain.
constexpr double kMore = 1.25;
constexpr double kMuch = 3;
constexpr absl::Duration kSoon = absl::Milliseconds(3);

}  // namespace

absl::Status Overloaded(absl::string_view why, absl::Duration delay) {
  return WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", why),
                        std::max(delay, kOverloadedRetryDelay));
}

double RecentUse::At(const Used& used, absl::Time now) {
  return used.cost * std::exp(-absl::FDivDuration(now - used.at, kRecent));
}

double RecentUse::Of(const std::string& tenant, absl::Time now) const {
  const auto found = used_.find(tenant);
  return found == used_.end() ? 0 : At(found->second, now);
}

void RecentUse::Add(const std::string& tenant, uint32_t cost, absl::Time now) {
  if (used_.size() >= forget_at_) Forget(now);
  Used& used = used_[tenant];
  used = {At(used, now) + cost, now};
}

void RecentUse::Forget(absl::Time now) {
  for (auto used = used_.begin(); used != used_.end();) {
    used = At(used->second, now) < 1 ? used_.erase(used) : std::next(used);
  }
  forget_at_ = std::max(2 * used_.size(), kForgetAtMin);
}

WorkLine::WorkLine(const WorkLimits& limits)
    : limits_(limits), waiting_(kQuantum), burst_(limits.burst_max) {}

absl::Duration WorkLine::TimeOf(uint64_t cost) const {
  if (units_ == 0) return absl::ZeroDuration();
  return absl::Seconds(seconds_ / units_ * static_cast<double>(cost) / limits_.workers);
}

uint64_t WorkLine::OwnTurns(const std::string& tenant, uint32_t cost) const {
  const uint64_t own = waiting_.CostOf(tenant);
  const uint64_t tenants = waiting_.tenants() + (own == 0 ? 1 : 0);
  return (own + cost) * tenants;
}

void WorkLine::CountIdle(absl::Time now) {
  const absl::Duration time = now - std::exchange(counted_at_, now);
  if (time == absl::InfiniteDuration()) return;
  const double idle = waiting_.size() > 0 ? 0 : 1 - static_cast<double>(running_) / limits_.workers;
  burst_ += time * (kIdleWorth * idle - (1 - idle));
  burst_ = std::clamp(burst_, absl::ZeroDuration(), limits_.burst_max);
}

absl::Status WorkLine::Offer(Work& work, absl::Duration left, absl::Time now,
                             std::optional<Work>& evicted) {
  const bool has_waiting = waiting_.CostOf(work.tenant) > 0;
  CountIdle(now);
  const absl::Duration limit = limits_.wait_target + burst_;
  const absl::Duration wait = Wait();
  const uint64_t before = std::min(waiting_.cost(), OwnTurns(work.tenant, work.cost));
  if (TimeOf(before) + TimeOf(work.cost) > left) {
    return Overloaded("the server cannot do it before its deadline; retry after RetryInfo", wait);
  }
  // One tenant fills no more than its share of the line, so that others find room.
  const bool has_share = has_waiting && TimeOf(OwnTurns(work.tenant, work.cost)) > limit;
  const bool is_full =
      waiting_.size() > 0 && (wait > limit || has_share || waiting_.size() >= limits_.waiting_max);
  if (is_full && !MakeRoom(work, now, evicted)) {
    return Overloaded(absl::StrCat("the server has work for the next ",
                                   absl::ToInt64Milliseconds(wait), " ms; retry after RetryInfo"),
                      wait);
  }
  work.since = now;
  const std::string tenant = work.tenant;
  const uint32_t cost = work.cost;
  waiting_.Push(tenant, cost, std::move(work));
  return absl::OkStatus();
}

bool WorkLine::MakeRoom(const Work& work, absl::Time now, std::optional<Work>& evicted) {
  double own = recent_.Of(work.tenant, now) + work.cost;
  double most = 0;
  std::string greediest;
  waiting_.ForEachTenant([&](const std::string& tenant, uint64_t cost) {
    const double use = recent_.Of(tenant, now) + static_cast<double>(cost);
    if (tenant == work.tenant) own += static_cast<double>(cost);
    if (use <= most) return;
    most = use;
    greediest = tenant;
  });
  const Work* const newest = waiting_.NewestOf(greediest);
  if (newest == nullptr) return false;
  if (most <= (now - newest->since < kSoon ? kMore : kMuch) * own) return false;
  evicted = waiting_.PopNewestOf(greediest);
  return true;
}

std::optional<Work> WorkLine::Next(absl::Time now) {
  CountIdle(now);
  std::optional<Work> work = waiting_.Pop();
  if (!work.has_value()) return work;
  recent_.Add(work->tenant, work->cost, now);
  ++running_;
  return work;
}

void WorkLine::Ended(absl::Time now) {
  CountIdle(now);
  --running_;
}

void WorkLine::Learn(uint32_t cost, absl::Duration took) {
  seconds_ = seconds_ * kMemory + absl::ToDoubleSeconds(took);
  units_ = units_ * kMemory + cost;
}

}  // namespace sakip::rpc
