// Turns the documents and submissions of others into scoring's own facts. Pure functions.
//
//   INVALID_ARGUMENT  a value does not parse. Planning and realization refuse such values, so it is
//                     a fault of one of the services; the agency's scorecard says so and no other's
//                     does.
#ifndef SAKIP_SERVICES_SCORING_STORE_FACTS_FROM_PROTO_H_
#define SAKIP_SERVICES_SCORING_STORE_FACTS_FROM_PROTO_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/planning/v1/reference_value.pb.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// Adds `document` to the list that it belongs to.
absl::Status AddDocument(const planning::v1::PlanDocument& document, PlanHistory& history);

// Absent where its level is not known or its number does not parse.
std::optional<ReferenceValue> ToReferenceValue(const planning::v1::ReferenceValue& value);

absl::StatusOr<Submission> ToSubmission(const realization::v1::Submission& submission);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_FACTS_FROM_PROTO_H_
