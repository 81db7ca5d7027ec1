// Projection is what scoring keeps of the logs that it follows: their events by agency and year,
// and how far each log was read, changed together in one write. Facts are folded out of the events
// when they are asked for, as of any position. It owns no facts: without its directory it is built
// again from the logs, and gives the same scorecards.
#ifndef SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
#define SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_

#include <atomic>
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
#include "services/scoring/store/positions.h"
#include "services/scoring/store/recent_changes.h"

namespace sakip::scoring {

// Where a version of a region's policy stands among all; in the order of lists of them.
struct PolicyKey {
  std::string region;  // `35.09`; empty before all.
  uint64_t log_position = 0;
};

// The policies that hold for a region in a year.
struct YearPolicies {
  RegionPolicies versions;
  std::vector<UnreadEvent> unread;
};

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

  // Changes when another store has taken the place of the one that was read: nothing that was
  // computed before is to be kept.
  uint64_t generation() const { return generation_; }
  void NoteReplaced() { ++generation_; }

  // Calls `visit` with the versions that `region` and those above it have published, as of a state:
  // from the highest region down, by version, those after `after`, until it returns false. All
  // regions where it is `-`.
  using PolicyVisitor =
      std::function<bool(const PolicyKey& key, const types::v1::ScoringPolicy& policy)>;
  absl::Status ForEachPolicy(const std::string& region, const AsOf& as_of, const PolicyKey& after,
                             const PolicyVisitor& visit) const;

  // The latest reference values of `year` for an agency, as of a state: of each indicator and level
  // the one of the nearest region. One of a kind that is not known is left out.
  absl::StatusOr<std::vector<ReferenceValue>> LoadReferences(const std::string& agency, int year,
                                                             const AsOf& as_of) const;

  // Calls `agency` with the names of the agencies in `scope` after `after`, by name, until it
  // returns false.
  absl::Status ForEachAgency(const ResourceName& scope, const std::string& after,
                             const std::function<bool(const std::string&)>& agency) const;

  // Calls `visit` with agencies in `scope` after `after`, by name, until it returns false, and says
  // of each whether what was recorded from `from` to before `to` may change its scorecards of
  // `year`. Those that did not change are passed over, but for where they have to be looked at one
  // by one: so that the caller can pause on the way.
  //   DATA_LOSS  VIEW_DAMAGED  the store cannot be read.
  using ChangeVisitor = std::function<bool(const std::string& agency, bool changed)>;
  absl::Status ForEachChange(const ResourceName& scope, int year, const Positions& from,
                             const Positions& to, const std::string& after,
                             const ChangeVisitor& visit) const;

 private:
  friend class YearReader;
  friend class ChangeScan;
  using PlanVisitor =
      std::function<bool(absl::string_view key, const planning::v1::PlanEvent& event)>;

  absl::Status Store(Source source, const views::ViewBatch& batch, std::vector<Change> changes,
                     uint64_t next_position);
  // As Load, with the policies of the agency's region.
  absl::StatusOr<AgencyYear> LoadUnder(const std::string& agency, int year, const AsOf& as_of,
                                       Basis basis, const YearPolicies& policies) const;
  absl::Status LoadPlans(const std::string& agency, int year, const AsOf& as_of, PlanHistory& plans,
                         std::vector<UnreadEvent>& unread) const;
  absl::StatusOr<YearPolicies> LoadPolicies(const std::string& region, int year,
                                            const AsOf& as_of) const;
  // Calls `visit` with the rows of a range that count as of a state, until it returns false.
  absl::Status ScanPlans(const views::ScanRange& range, const AsOf& as_of,
                         const PlanVisitor& visit) const;
  absl::Status LoadSubmissions(const std::string& agency, int year, const AsOf& as_of,
                               SubmissionHistory& history) const;

  views::ViewStore& store_;
  RecentChanges recent_;
  LatestChanges latest_;
  std::atomic<uint64_t> generation_ = 0;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
