// ExportReactor streams all scorecards of a scope and year, as of one state.
#ifndef SAKIP_SERVICES_SCORING_RPC_EXPORT_REACTOR_H_
#define SAKIP_SERVICES_SCORING_RPC_EXPORT_REACTOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/pull_stream.h"
#include "sakip/scoring/v1/scorecard_feed_service.pb.h"
#include "services/scoring/rpc/feed_query.h"
#include "services/scoring/rpc/scorer.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows what it is given, which outlives it.
class ExportReactor final : public rpc::PullReactor<v1::ExportScorecardsResponse> {
 public:
  // Of a call that ends at `deadline`.
  ExportReactor(const Projection& projection, Progress& progress, rpc::StreamSet& streams,
                std::shared_ptr<rpc::Admission> admission, ExportQuery query, absl::Time deadline);

 private:
  uint32_t MessageCost() const override { return 20; }  // Of scorecards that are computed for it.
  absl::StatusOr<Next> MakeNext() override;
  absl::Time BeginWait() override;
  void EndWait() override { progress_.Forget(wait_); }

  // Adds scorecards to the message until it is full or there are no more, which ends the export.
  absl::Status Fill();
  // Until when it waits for the state that it is of.
  absl::Time WaitsUntil() const;
  // Those of an agency that are after `place_`; false where the message is full before its end.
  absl::StatusOr<bool> AddAgency(const std::string& agency, Scorer& scorer);

  const Projection& projection_;
  Progress& progress_;
  const ExportQuery query_;
  const absl::Time since_;
  const absl::Time last_moment_;  // To begin.

  std::optional<Positions> state_;  // Told; absent until it is read.
  ExportPlace place_;               // Looked at so far.
  v1::ExportPosition position_;     // Told so far.
  size_t bytes_ = 0;                // Of the scorecards in the message.
  bool told_ = false;               // A message was sent.
  bool ended_ = false;
  Progress::WaitId wait_ = 0;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_EXPORT_REACTOR_H_
