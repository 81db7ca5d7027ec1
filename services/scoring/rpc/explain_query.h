// What ExplainFigure asks for, checked. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_EXPLAIN_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_EXPLAIN_QUERY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sakip/scoring/v1/explain_service.pb.h"
#include "services/scoring/domain/explain/explanation.h"
#include "services/scoring/rpc/scorecard_query.h"

namespace sakip::scoring {

struct ExplainQuery {
  ScorecardName name;
  Wanted wanted;
  std::string policy;  // Empty: its own.
  explain::FigureKey figure;
  explain::Bounds bounds;
  std::vector<Language> languages;  // At least one.
};

//   INVALID_ARGUMENT  INVALID_FIELD  a field is none.
absl::StatusOr<ExplainQuery> ToExplainQuery(const v1::ExplainFigureRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_EXPLAIN_QUERY_H_
