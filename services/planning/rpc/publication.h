// Publication decides what becomes of an agency and of documents that are sent to be published
// together: the events to store, and the outcome of each part.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PUBLICATION_H_
#define SAKIP_SERVICES_PLANNING_RPC_PUBLICATION_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/call.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "services/planning/rpc/code_editions.h"
#include "services/planning/rpc/plan_set.h"
#include "services/planning/store/planning_view.h"

namespace sakip::planning {

// Not thread-safe. Borrows the view, the editions and the log. Lives for one decision on the state
// as it is.
class Publication {
 public:
  Publication(const PlanningView& view, const CodeEditions& editions, const eventlog::EventLog& log,
              std::string agency, rpc::Principal publisher, absl::Time now);

  // Decides on one part after the other; what was decided counts as published for the next.
  // `path` is that of the part in the request. Requires what CheckPlan accepts, and editions that
  // were published.
  //
  //   INVALID_ARGUMENT  INVALID_FIELD      no reason for a revision; predecessors in a circle, over
  //                                        agencies within the publisher's scopes; all that is
  //                                        found with these parts is more than one append holds or
  //                                        one decision looks through (`documents`).
  //   NOT_FOUND         AGENCY_NOT_FOUND   the agency is neither registered nor part of this.
  //   ABORTED           REVISION_CONFLICT  the part is not the next revision.
  absl::Status PublishAgency(const v1::Agency& agency);
  absl::Status PublishDocument(const v1::PlanDocument& document, uint32_t expected_revision,
                               const std::string& path);

  // The same for a document that may be stored already, under the revision that it says.
  absl::Status PublishOrKeep(const v1::PlanDocument& document, const std::string& path);

  // Revision of the agency's stream that the decision rests on.
  uint64_t stream_revision() const { return stream_revision_; }
  std::vector<eventlog::NewEvent>& events() { return events_; }
  v1::PublishPlanResponse& outcomes() { return outcomes_; }

 private:
  // True where an agency is `agency` or comes from it, over those within the publisher's scopes and
  // not `seen`, to which it adds those that it looks at.
  bool ComesFrom(const std::string& predecessor, const std::string& agency,
                 std::set<std::string>& seen) const;
  // True where the agency as it is known has it.
  bool HasPredecessor(const std::string& name) const;
  absl::Status CheckPredecessors(const v1::Agency& agency) const;
  // Bounds of one call; `path` is that of the document that comes next and that came last.
  absl::Status CheckNoted(const std::string& path) const;
  absl::Status CheckBytes(const std::string& path) const;
  void AddEvent(eventlog::NewEvent event);

  const PlanningView& view_;
  const std::string agency_;
  const rpc::Principal publisher_;
  const absl::Time now_;
  // Read before everything else: what is published meanwhile makes the append fail.
  const uint64_t stream_revision_;
  std::optional<v1::Agency> known_agency_;
  PlanSet plans_;
  std::vector<eventlog::NewEvent> events_;
  size_t event_bytes_ = 0;
  v1::PublishPlanResponse outcomes_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PUBLICATION_H_
