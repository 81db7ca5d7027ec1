#include "services/scoring/rpc/export_reactor.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/scorecard_query.h"

namespace sakip::scoring {
namespace {

constexpr size_t kMessageBytes = 256 * 1024;
// For a message, so that the thread is others' too.
constexpr int kAgenciesMax = 64;

}  // namespace

ExportReactor::ExportReactor(const Projection& projection, Progress& progress,
                             rpc::StreamSet& streams, std::shared_ptr<rpc::Admission> admission,
                             ExportQuery query, absl::Time deadline)
    : PullReactor(streams, std::move(admission)),
      projection_(projection),
      progress_(progress),
      query_(std::move(query)),
      since_(absl::Now()),
      last_moment_(LastMoment(deadline)),
      place_(query_.after) {}

absl::StatusOr<ExportReactor::Next> ExportReactor::MakeNext() {
  if (!state_.has_value()) {
    const Positions read = progress_.read();
    const Positions& at_least = query_.wanted.at_least;
    if (!read.Reach(at_least)) {
      if (absl::Now() >= WaitsUntil()) return ScoringBehind(read, at_least);
      return Next::kWait;
    }
    state_ = query_.state.value_or(read);
    const AsOf as_of = Resolve(query_.wanted.as_of, *state_);
    *position_.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
    if (!place_.agency.empty()) {
      position_.set_after(ScorecardNameOf(place_.agency, {query_.year, place_.quarter}));
    }
  }
  if (ended_) return Next::kEnd;
  message().Clear();
  bytes_ = 0;
  RETURN_IF_ERROR(Fill());
  const int count = message().scorecards_size();
  if (count == 0 && (told_ || !ended_)) return ended_ ? Next::kEnd : Next::kLater;
  *message().mutable_position() = position_;
  told_ = true;
  return Next::kMessage;
}

absl::Status ExportReactor::Fill() {
  Scorer scorer(projection_, query_.year, Resolve(query_.wanted.as_of, *state_),
                query_.wanted.basis);
  bool full = false;
  if (!place_.agency.empty() && place_.quarter < query_.quarters.back()) {
    ASSIGN_OR_RETURN(const bool whole, AddAgency(place_.agency, scorer));
    full = !whole;
  }
  if (full) return absl::OkStatus();
  int agencies = 0;
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachAgency(
      query_.scope, std::string(place_.agency), [&](const std::string& agency) {
        full = bytes_ >= kMessageBytes || agencies == kAgenciesMax;
        if (full) return false;
        ++agencies;
        place_ = {agency, 0};
        const auto whole = AddAgency(agency, scorer);
        status = whole.status();
        full = !status.ok() || !*whole;
        return !full;
      }));
  ended_ = !full;
  return status;
}

absl::StatusOr<bool> ExportReactor::AddAgency(const std::string& agency, Scorer& scorer) {
  ASSIGN_OR_RETURN(const AgencyYear facts, scorer.Load(agency));
  for (const int quarter : query_.quarters) {
    if (quarter <= place_.quarter) continue;
    if (bytes_ >= kMessageBytes) return false;
    place_.quarter = quarter;
    const auto card = OwnScorecard(facts, {query_.year, quarter}, DerivationsOf(query_.view));
    if (!card.has_value()) continue;
    v1::Scorecard& added = *message().add_scorecards();
    added = ToProto(*card, query_.view, query_.read_mask);
    bytes_ += added.ByteSizeLong();
    position_.set_after(ScorecardNameOf(agency, {query_.year, quarter}));
  }
  return true;
}

absl::Time ExportReactor::BeginWait() {
  wait_ = progress_.Wait(query_.wanted.at_least, Waker());
  return WaitsUntil();
}

absl::Time ExportReactor::WaitsUntil() const {
  return scoring::WaitsUntil(progress_, query_.wanted.at_least, since_, last_moment_);
}

}  // namespace sakip::scoring
