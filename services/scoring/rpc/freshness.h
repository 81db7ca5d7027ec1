// WhenFresh holds a read back until scoring has read the logs as far as the caller asks.
#ifndef SAKIP_SERVICES_SCORING_RPC_FRESHNESS_H_
#define SAKIP_SERVICES_SCORING_RPC_FRESHNESS_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/scoring/store/progress.h"

namespace sakip::scoring {

// Longer than scoring takes to find a service again that was away.
inline constexpr absl::Duration kUnknownPatience = absl::Seconds(15);

// Calls `then` exactly once, never on the thread that reads the logs: with OK once `at_least` is
// read, at once where nothing is asked for; but not while the progress is held back. `progress`
// outlives that. Never blocks. What no log is known to have may come any moment, where scoring is a
// little behind, or never, and whoever asks for it holds a place of the server meanwhile: for that
// it waits for `unknown_patience` only, and Progress::kUnknownPlaces at a time do.
//
//   DEADLINE_EXCEEDED  SCORING_BEHIND  it was not read shortly before `deadline`, no log is known
//                                      to have it, or the service stops.
//   RESOURCE_EXHAUSTED OVERLOADED      so many wait for what no log is known to have.
void WhenFresh(Progress& progress, const Positions& at_least, absl::Time deadline,
               std::function<void(absl::Status)> then,
               absl::Duration unknown_patience = kUnknownPatience);

// SCORING_BEHIND: facts `planning` and `realization` tell how far scoring is, `planning_lag` and
// `realization_lag` how many records it lacks to `at_least`.
absl::Status ScoringBehind(const Positions& read, const Positions& at_least);

// Until when a wait for `at_least` goes on that began at `since`, of a call that gives up waiting
// at `last_moment`; later once a log is known to have it.
absl::Time WaitsUntil(const Progress& progress, const Positions& at_least, absl::Time since,
                      absl::Time last_moment, absl::Duration unknown_patience = kUnknownPatience);

// When a call that ends at `deadline` gives up waiting, so that its answer reaches the caller.
absl::Time LastMoment(absl::Time deadline);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_FRESHNESS_H_
