// History folds the events of one agency and year into facts, as they stood at a position or a
// moment. Nothing is looked up elsewhere: the same events give the same facts.
#ifndef SAKIP_SERVICES_SCORING_STORE_HISTORY_H_
#define SAKIP_SERVICES_SCORING_STORE_HISTORY_H_

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "sakip/types/v1/scoring_policy.pb.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// The events that count: those before both positions and not later than the time.
struct AsOf {
  uint64_t planning = std::numeric_limits<uint64_t>::max();
  uint64_t realization = std::numeric_limits<uint64_t>::max();
  absl::Time time = absl::InfiniteFuture();
};

// True where scoring knows the type of an event of realization.
bool IsKnownEvent(absl::string_view type);

// OK where the payload of a record of a known type parses, and its values too.
absl::Status CheckEvent(const eventlog::v1::Record& record);

// Folds the records of a stream `{agency}/years/{year}`, added in the order of the log. Not
// thread-safe.
class SubmissionHistory {
 public:
  // Records of types that are not known change nothing; one that cannot be read is among `unread`.
  void Add(const eventlog::v1::Record& record);

  // Where a quarter has no verified revision, it has no submission on the basis of those.
  YearSubmissions Take(Basis basis) &&;

 private:
  class Folder;
  struct Quarter {
    std::map<uint32_t, realization::v1::Submission> revisions;
    std::set<uint32_t> verified;  // Revisions that were, and were not returned since.
  };

  // The revision of `quarter` that counts; nullptr where none does.
  static const realization::v1::Submission* Counting(const Quarter& quarter, Basis basis);

  std::map<int, Quarter> quarters_;
  YearSubmissions facts_;
};

// Adds a region's policy to `policies`. One that cannot be read is added to `unread` where its
// first year has come in `year`.
void AddPolicy(const types::v1::ScoringPolicy& version, absl::string_view region, int year,
               std::vector<RegionPolicy>& policies, std::vector<UnreadEvent>& unread);

// The years whose scorecards a document or a policy may change; none where `first` is after `last`.
struct Years {
  int first = 1;
  int last = 0;

  bool Contain(int year) const { return first <= year && year <= last; }
};
Years YearsOf(const planning::v1::PlanDocument& document);
Years YearsOf(const types::v1::ScoringPolicy& policy);

// Adds what `event` says to `plans`, where it concerns `year`. An event that cannot be read is
// added to `unread`.
void AddPlanEvent(const planning::v1::PlanEvent& event, int year, PlanHistory& plans,
                  std::vector<UnreadEvent>& unread);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_HISTORY_H_
