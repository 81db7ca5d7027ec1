// Turns scorecards into messages of sakip.scoring.v1. Pure functions: equal scorecards give equal
// bytes.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_

#include <google/protobuf/field_mask.pb.h>

#include "sakip/scoring/v1/scorecard.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/scorecard_diff.h"

namespace sakip::scoring {

v1::Scorecard ToProto(const Scorecard& scorecard);

// How much of a scorecard is sent.
enum class View {
  kBasic,     // As in lists: without programs and derivations.
  kPrograms,  // Without derivations.
  kFull
};

// Writes it into an empty message, which may live on an arena.
void WriteScorecard(const Scorecard& scorecard, View view, v1::Scorecard& message);

// What a scorecard has to come with to be sent so.
inline Derivations DerivationsOf(View view) {
  return view == View::kFull ? Derivations::kKept : Derivations::kLeftOut;
}

// Of what `view` has only what `read_mask` names, or where that is empty all of it.
v1::Scorecard ToProto(const Scorecard& scorecard, View view,
                      const google::protobuf::FieldMask& read_mask);

// What it was computed from.
v1::Sources SourcesOf(const Scorecard& scorecard);

v1::Figure ToProto(const Figure& figure);

realization::v1::Narrative ToProto(const Narrative& narrative);

// With its derivation.
v1::BudgetScore ToProto(const BudgetScore& budget);

types::v1::Measure ToProto(const Quantity& quantity);

// With its derivation.
v1::Achievement ToProto(const Achievement& achievement);

// Without derivations, as the next.
v1::AchievementChange ToProto(const AchievementChange& change);

v1::BudgetChange ToProto(const BudgetChange& change);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORECARD_TO_PROTO_H_
