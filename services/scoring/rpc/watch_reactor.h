// WatchReactor streams the scorecards of a scope as they change, round after round.
#ifndef SAKIP_SERVICES_SCORING_RPC_WATCH_REACTOR_H_
#define SAKIP_SERVICES_SCORING_RPC_WATCH_REACTOR_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/pull_stream.h"
#include "sakip/scoring/v1/scorecard_feed_service.pb.h"
#include "services/scoring/rpc/feed_query.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows what it is given, which outlives it. Holds no queue of changes: it knows
// where it is, and looks for what changed since when its reader has taken a message.
class WatchReactor final : public rpc::PullReactor<v1::WatchScorecardsResponse> {
 public:
  // Where nothing is told for `quiet_max`, a message tells how far the watch has come.
  WatchReactor(const Projection& projection, Progress& progress, rpc::StreamSet& streams,
               std::shared_ptr<rpc::Admission> admission, WatchQuery query,
               absl::Duration quiet_max);

 private:
  uint32_t MessageCost() const override { return 20; }  // Of scorecards that are computed for it.
  absl::StatusOr<Next> MakeNext() override;
  absl::Time BeginWait() override;
  void EndWait() override { progress_.Forget(wait_); }

  // Whether there is a round to tell, begun now where none was.
  bool BeginRound();
  // Adds scorecards of the round to the message; false where the round has more.
  absl::StatusOr<bool> TellRound();
  Next TellNothing();
  Next Tell();

  const Projection& projection_;
  Progress& progress_;
  const WatchQuery query_;
  const absl::Duration quiet_max_;

  WatchPlace place_;
  Positions read_;         // At the last look.
  bool owes_end_ = true;   // The reader was not told that it is up to date since it was not.
  absl::Time tell_again_;  // By then, whatever happens.
  Progress::WaitId wait_ = 0;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_WATCH_REACTOR_H_
