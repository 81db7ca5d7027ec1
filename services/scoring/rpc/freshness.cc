#include "services/scoring/rpc/freshness.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/mutex.h"
#include "common/rpc/work_line.h"

namespace sakip::scoring {
namespace {

// Left for the answer to reach the caller.
constexpr absl::Duration kAnswerTime = absl::Milliseconds(50);

// Runs `then` when its alarm goes off: when its time is up, or early because it was cancelled.
class Waiting : public std::enable_shared_from_this<Waiting> {
 public:
  Waiting(Progress& progress, Positions at_least, absl::Time last_moment,
          absl::Duration unknown_patience, bool has_place, std::function<void(absl::Status)> then)
      : progress_(progress),
        at_least_(at_least),
        since_(absl::Now()),
        last_moment_(last_moment),
        unknown_patience_(unknown_patience),
        has_place_(has_place),
        then_(std::move(then)) {}

  void Start() {
    // It keeps itself alive until it answers. The alarm cannot do that: it never lets go of its
    // callback, and belongs to this. It must be set before anything can cancel it.
    const std::shared_ptr<Waiting> self = shared_from_this();
    {
      MutexLock lock(mutex_);
      self_ = self;
      SetAlarm(Until());
    }
    const Progress::WaitId wait = progress_.Wait(at_least_, [self] { self->Wake(); });
    MutexLock lock(mutex_);
    wait_ = wait;
    if (answered_) progress_.Forget(wait_);
  }

 private:
  absl::Time Until() const {
    return WaitsUntil(progress_, at_least_, since_, last_moment_, unknown_patience_);
  }

  void SetAlarm(absl::Time until) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    until_ = until;
    alarm_.Set(absl::ToChronoTime(until), [this](bool) { GoOn(); });
  }

  void Wake() {
    MutexLock lock(mutex_);
    woken_ = true;
    alarm_.Cancel();
  }

  void GoOn() {
    std::shared_ptr<Waiting> self;
    {
      MutexLock lock(mutex_);
      const absl::Time until = Until();
      if (!woken_ && until > until_) return SetAlarm(until);
      self.swap(self_);
      answered_ = true;
      progress_.Forget(wait_);
    }
    if (has_place_) progress_.GiveUnknownPlace();
    then_(progress_.Reached(at_least_) ? absl::OkStatus()
                                       : ScoringBehind(progress_.read(), at_least_));
  }

  Progress& progress_;
  const Positions at_least_;
  const absl::Time since_;
  const absl::Time last_moment_;
  const absl::Duration unknown_patience_;
  const bool has_place_;  // Of those who wait for what is not known.
  const std::function<void(absl::Status)> then_;
  Mutex mutex_;
  grpc::Alarm alarm_;  // Set and cancelled under the lock.
  absl::Time until_ ABSL_GUARDED_BY(mutex_);
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  Progress::WaitId wait_ ABSL_GUARDED_BY(mutex_) = 0;
  bool answered_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<Waiting> self_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::Status ScoringBehind(const Positions& read, const Positions& at_least) {
  const Positions lag = Lag(read, at_least);
  std::string text =
      absl::StrCat("scoring has read planning to ", read.planning, " of ", at_least.planning,
                   " and realization to ", read.realization, " of ", at_least.realization);
  if (read.Reach(at_least)) {
    text = absl::StrCat("scoring has no store yet that has read all: it is at ", read.planning,
                        " of planning and at ", read.realization,
                        " of realization; GetProgress tells how far the logs go");
  }
  return MakeError(absl::StatusCode::kDeadlineExceeded, "SCORING_BEHIND", text,
                   {{"planning", absl::StrCat(read.planning)},
                    {"planning_lag", absl::StrCat(lag.planning)},
                    {"realization", absl::StrCat(read.realization)},
                    {"realization_lag", absl::StrCat(lag.realization)}});
}

absl::Time WaitsUntil(const Progress& progress, const Positions& at_least, absl::Time since,
                      absl::Time last_moment, absl::Duration unknown_patience) {
  if (progress.IsKnown(at_least)) return last_moment;
  return std::min(last_moment, since + unknown_patience);
}

absl::Time LastMoment(absl::Time deadline) { return deadline - kAnswerTime; }

void WhenFresh(Progress& progress, const Positions& at_least, absl::Time deadline,
               std::function<void(absl::Status)> then, absl::Duration unknown_patience) {
  if (progress.Reached(at_least)) return then(absl::OkStatus());
  const bool is_known = progress.IsKnown(at_least);
  if (!is_known && !progress.TakeUnknownPlace()) {
    return then(rpc::Overloaded("too many reads wait for records that no log is known to have",
                                absl::Seconds(1)));
  }
  std::make_shared<Waiting>(progress, at_least, LastMoment(deadline), unknown_patience, !is_known,
                            std::move(then))
      ->Start();
}

}  // namespace sakip::scoring
