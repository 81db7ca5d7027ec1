// Projection is what scoring keeps of the logs that it follows: the documents, submissions,
// approvals and closes by agency, and how far each log was read, changed together in one write. It
// owns no facts: without its directory it is built again from the logs, and gives the same
// scorecards.
#ifndef SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
#define SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/resource_name.h"
#include "common/eventlog/event_log.h"
#include "common/views/view_store.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "services/scoring/domain/facts.h"

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
  // is not known is passed over; one that does not parse is logged and passed over.
  absl::Status ApplySubmissions(const std::vector<eventlog::StoredRecord>& records,
                                uint64_t next_position);

  // The documents and submissions of an agency that concern `year`.
  //   INVALID_ARGUMENT  a value does not parse.
  //   DATA_LOSS         VIEW_DAMAGED  the store cannot be read.
  absl::StatusOr<AgencyYear> Load(const std::string& agency, int year) const;

  // Calls `agency` with the names of the agencies in `scope` after `after`, by name, until it
  // returns false.
  absl::Status ForEachAgency(const ResourceName& scope, const std::string& after,
                             const std::function<bool(const std::string&)>& agency) const;

 private:
  absl::Status Store(Source source, const views::ViewBatch& batch, uint64_t next_position);
  // The message in a row; nothing where there is none.
  template <typename Message>
  absl::StatusOr<std::optional<Message>> Read(const std::string& key) const;
  absl::Status LoadPlans(const std::string& agency, int year, PlanHistory& plans) const;
  absl::Status LoadSubmissions(const std::string& agency, int year,
                               YearSubmissions& submissions) const;

  views::ViewStore& store_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_PROJECTION_H_
