// PlanningViews is all that planning knows without reading its log. It is kept by the log's
// observer, so it never lags behind an answer.
#ifndef SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEWS_H_
#define SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEWS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"
#include "services/planning/store/code_edition_view.h"
#include "services/planning/store/planning_view.h"
#include "services/planning/store/reference_value_view.h"
#include "services/planning/store/scoring_policy_view.h"

namespace sakip::planning {

// Thread-safe.
class PlanningViews {
 public:
  // Gives a committed record to the view that it is for. One that cannot be read, or is of a type
  // that no view knows, is logged once and changes nothing that is served.
  void Apply(uint64_t position, const eventlog::StoredRecord& stored);

  const PlanningView& documents() const { return documents_; }
  const CodeEditionView& code_editions() const { return code_editions_; }
  const ReferenceValueView& reference_values() const { return reference_values_; }
  const ScoringPolicyView& scoring_policies() const { return scoring_policies_; }

 private:
  // True where the record was of a region and is dealt with.
  absl::StatusOr<bool> ApplyOfRegion(const eventlog::v1::Record& record);

  PlanningView documents_;
  CodeEditionView code_editions_;
  ReferenceValueView reference_values_;
  ScoringPolicyView scoring_policies_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEWS_H_
