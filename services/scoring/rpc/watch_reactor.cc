#include "services/scoring/rpc/watch_reactor.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "services/scoring/rpc/scorer.h"

namespace sakip::scoring {
namespace {

constexpr size_t kMessageBytes = 64 * 1024;
// For a message, so that the thread is others' too.
constexpr int kScoredMax = 64;
constexpr int kLookedAtMax = 1000;

}  // namespace

WatchReactor::WatchReactor(const Projection& projection, Progress& progress,
                           rpc::StreamSet& streams, std::shared_ptr<rpc::Admission> admission,
                           WatchQuery query, absl::Duration quiet_max)
    : PullReactor(streams, std::move(admission)),
      projection_(projection),
      progress_(progress),
      query_(std::move(query)),
      quiet_max_(quiet_max),
      place_(query_.from),
      tell_again_(absl::Now() + quiet_max_) {}

absl::StatusOr<WatchReactor::Next> WatchReactor::MakeNext() {
  message().Clear();
  read_ = progress_.read();
  if (!BeginRound()) return TellNothing();
  ASSIGN_OR_RETURN(const bool whole, TellRound());
  if (whole) place_ = {*place_.round, std::nullopt, ""};
  if (!message().scorecards().empty()) return Tell();
  // More may have been read meanwhile; where nothing was, the next look says what is owed.
  return Next::kLater;
}

bool WatchReactor::BeginRound() {
  if (!read_.Reach(place_.round.value_or(place_.complete))) return false;
  if (place_.round.has_value()) return true;
  if (read_ == place_.complete) return false;
  place_.round = read_;
  return true;
}

absl::StatusOr<bool> WatchReactor::TellRound() {
  const Positions round = *place_.round;
  Scorer scorer(projection_, query_.period.year, {round.planning, round.realization}, query_.basis);
  size_t bytes = 0;
  int scored = 0, looked_at = 0;
  bool whole = true;
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachChange(
      query_.scope, query_.period.year, place_.complete, round, std::string(place_.through),
      [&](const std::string& agency, bool changed) {
        whole = bytes < kMessageBytes && scored < kScoredMax && looked_at < kLookedAtMax;
        if (!whole) return false;
        ++looked_at;
        if (changed) {
          const auto told = scorer.Score(agency, query_.period, Derivations::kLeftOut);
          status = told.status();
          if (!status.ok()) return false;
          ++scored;
          if (told->card.has_value()) {
            v1::Scorecard& added = *message().add_scorecards();
            added = ToProto(*told->card, View::kBasic, query_.read_mask);
            bytes += added.ByteSizeLong();
          }
        }
        place_.through = agency;
        return true;
      }));
  RETURN_IF_ERROR(status);
  return whole;
}

WatchReactor::Next WatchReactor::TellNothing() {
  const bool up_to_date = !place_.round.has_value() && read_ == place_.complete;
  if ((up_to_date && owes_end_) || absl::Now() >= tell_again_) return Tell();
  return Next::kWait;
}

WatchReactor::Next WatchReactor::Tell() {
  *message().mutable_position() = ToProto(place_);
  *message().mutable_read() = ToProto(read_);
  owes_end_ = place_.round.has_value();
  tell_again_ = absl::Now() + quiet_max_;
  return Next::kMessage;
}

absl::Time WatchReactor::BeginWait() {
  wait_ = progress_.WaitForMore(read_, Waker());
  return tell_again_;
}

}  // namespace sakip::scoring
