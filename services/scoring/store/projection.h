// Projection is what scoring keeps of the logs that it follows: their events by agency and year,
// and how far each log was read, changed together in one write. Facts are folded out of the events
// when they are asked for, as of any position. It owns no facts: without its directory it is built
// again from the logs, and gives the same scorecards.
#ifndef SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
#define SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "common/views/view_store.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/store/history.h"
#include "services/scoring/store/latest_changes.h"

namespace sakip::scoring {

// The logs that scoring follows.
enum class Source { kPlanning, kRealization };

// Everything about one agency and year.
struct AgencyYear {
  PlanHistory plans;
  YearSubmissions submissions;
};

// Thread-safe; batches of one source come from one thread. Borrows the store, which outlives it.
class Projection {
 public:
  explicit Projection(views::ViewStore& store) : store_(store) {}

  // How far the log of `source` was read: where to follow it on.
  absl::StatusOr<uint64_t> Position(Source source) const;

  // Keeps a batch of planning's events, those before `next_position`. An event of a kind that is
  // not known is passed over.
  absl::Status ApplyPlans(const std::vector<planning::v1::PlanEvent>& events,
                          uint64_t next_position);

  // Keeps a batch of realization's records, those before `next_position`. A record of a type that
  // is not known is passed over; one that cannot be read is logged and kept.
  absl::Status ApplySubmissions(const std::vector<eventlog::StoredRecord>& records,
                                uint64_t next_position);

  // The documents and submissions of an agency that concern `year`. An event that cannot be read is
  // named in the facts.
  //   DATA_LOSS  VIEW_DAMAGED  the store cannot be read.
  absl::StatusOr<AgencyYear> Load(const std::string& agency, int year, const AsOf& as_of = {},
                                  Basis basis = Basis::kSubmitted) const;

  // The latest record that may change a scorecard of `agency`. Everything before a position that
  // was read is in it.
  LatestChange LatestChangeOf(const std::string& agency) const { return latest_.Of(agency); }

  // Calls `policy` with every version that `region` and those above it have published, as of a
  // state: from the highest region down, by version. All regions where it is `-`.
  absl::Status ForEachPolicy(
      const std::string& region, const AsOf& as_of,
      const std::function<void(const types::v1::ScoringPolicy&)>& policy) const;

  // The latest reference values of `year` for an agency, as of a state: of each indicator and level
  // the one of the nearest region. One of a kind that is not known is left out.
  absl::StatusOr<std::vector<ReferenceValue>> LoadReferences(const std::string& agency, int year,
                                                             const AsOf& as_of) const;

  // Calls `agency` with the names of the agencies in `scope` after `after`, by name, until it
  // returns false.
  absl::Status ForEachAgency(const ResourceName& scope, const std::string& after,
                             const std::function<bool(const std::string&)>& agency) const;

 private:
  absl::Status Store(Source source, const views::ViewBatch& batch, uint64_t next_position);
  absl::Status LoadPlans(const std::string& agency, int year, const AsOf& as_of, PlanHistory& plans,
                         std::vector<UnreadEvent>& unread) const;
  absl::Status LoadPolicies(const std::string& agency, int year, const AsOf& as_of,
                            PlanHistory& plans, std::vector<UnreadEvent>& unread) const;
  // Calls `event` with the rows of a prefix that count as of a state.
  absl::Status ScanPlans(const std::string& prefix, const AsOf& as_of,
                         const std::function<void(const planning::v1::PlanEvent&)>& event) const;
  absl::Status LoadSubmissions(const std::string& agency, int year, const AsOf& as_of,
                               SubmissionHistory& history) const;

  views::ViewStore& store_;
  LatestChanges latest_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
