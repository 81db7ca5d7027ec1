// Which scorecards may differ between two states. Everything that a scorecard is a function of lies
// in few ranges of rows by position, so that any two states can be compared; what was read last is
// also remembered, so that those who watch need not look through the rows of all agencies.

#include <set>

#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "services/scoring/store/projection.h"
#include "services/scoring/store/rows.h"

namespace sakip::scoring {

// Looks at one agency after another. Not thread-safe.
class ChangeScan {
 public:
  ChangeScan(const Projection& projection, int year, const Positions& from, const Positions& to)
      : projection_(projection), year_(year), from_(from), to_(to) {}

  absl::StatusOr<bool> HasChanged(const std::string& agency) {
    ASSIGN_OR_RETURN(const bool policies, PoliciesChanged(agency));
    if (policies) return true;
    for (const std::string& rows : {AgencyRows(agency), DocumentRows(agency, year_)}) {
      ASSIGN_OR_RETURN(const bool changed, HasRow(rows, from_.planning, to_.planning));
      if (changed) return true;
    }
    ASSIGN_OR_RETURN(const bool submitted,
                     HasRow(RecordRows(agency, year_), from_.realization, to_.realization));
    if (submitted) return true;
    return HasPlanEvent(SpanRows(agency), [](const planning::v1::PlanEvent& event) {
      return YearsOf(event.document_published().document());
    });
  }

  absl::StatusOr<bool> HasRow(const std::string& rows, uint64_t from, uint64_t to) const {
    bool found = false;
    RETURN_IF_ERROR(projection_.store_.Scan({PrefixOf(rows), Row(rows, from), 1},
                                            [&](absl::string_view key, absl::string_view) {
                                              found = PositionOf(key) < to;
                                              return false;
                                            }));
    return found;
  }

 private:
  // Whether an event of `rows` between the states concerns the year.
  template <typename YearsOfEvent>
  absl::StatusOr<bool> HasPlanEvent(const std::string& rows, YearsOfEvent years) const {
    bool found = false;
    RETURN_IF_ERROR(
        projection_.ScanPlans({PrefixOf(rows), Row(rows, from_.planning)}, AsOf{},
                              [&](absl::string_view, const planning::v1::PlanEvent& event) {
                                if (event.position() >= to_.planning) return false;
                                found = years(event).Contain(year_);
                                return !found;
                              }));
    return found;
  }

  // Of the agency's region and those above it; the last region is remembered.
  absl::StatusOr<bool> PoliciesChanged(const std::string& agency) {
    const auto name = ParseAgencyName(agency);
    if (!name.ok() || name->region == region_) return policies_changed_;
    region_ = name->region;
    policies_changed_ = false;
    for (const std::string& region : DownTo(region_)) {
      ASSIGN_OR_RETURN(policies_changed_,
                       HasPlanEvent(PolicyRows(region), [](const planning::v1::PlanEvent& event) {
                         return YearsOf(event.scoring_policy_published().scoring_policy());
                       }));
      if (policies_changed_) break;
    }
    return policies_changed_;
  }

  const Projection& projection_;
  const int year_;
  const Positions from_;
  const Positions to_;
  std::string region_;
  bool policies_changed_ = false;
};

namespace {

// The agencies in `scope` after `after` that the changes name. Nothing where a change is of all
// agencies of a region, or not all changes are known any more.
std::optional<std::set<std::string>> ChangedAgencies(const RecentChanges& recent,
                                                     const ResourceName& scope, int year,
                                                     const Positions& from, const Positions& to,
                                                     const std::string& after) {
  std::set<std::string> agencies;
  bool of_regions = false;
  const auto visit = [&](const Change& change) {
    if (!change.years.Contain(year) || !ScopeCovers(scope, change.owner)) return;
    if (AgencyOf(change.owner).empty()) {
      of_regions = true;
    } else if (change.owner > after) {
      agencies.insert(change.owner);
    }
  };
  const bool known = recent.Visit(Source::kPlanning, from.planning, to.planning, visit) &&
                     recent.Visit(Source::kRealization, from.realization, to.realization, visit);
  if (!known || of_regions) return std::nullopt;
  return agencies;
}

}  // namespace

absl::Status Projection::ForEachChange(const ResourceName& scope, int year, const Positions& from,
                                       const Positions& to, const std::string& after,
                                       const ChangeVisitor& visit) const {
  ChangeScan scan(*this, year, from, to);
  if (const auto recent = ChangedAgencies(recent_, scope, year, from, to, after)) {
    for (const std::string& agency : *recent) {
      // Lists show none that is not registered either.
      ASSIGN_OR_RETURN(const bool registered, scan.HasRow(AgencyRows(agency), 0, to.planning));
      if (registered && !visit(agency, true)) break;
    }
    return absl::OkStatus();
  }
  absl::Status status;
  RETURN_IF_ERROR(ForEachAgency(scope, after, [&](const std::string& agency) {
    const auto changed = scan.HasChanged(agency);
    if (changed.ok()) return visit(agency, *changed);
    status = changed.status();
    return false;
  }));
  return status;
}

}  // namespace sakip::scoring
