#include "services/planning/rpc/outcome.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/period.h"
#include "common/finding/proto/finding_to_proto.h"
#include "common/message/timestamp.h"
#include "services/planning/domain/agency_findings.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/convert.h"

namespace sakip::planning {
namespace {

// The day of a moment in Western Indonesian Time (WIB). The other zones of the country are one and
// two hours ahead: there a revision is called retroactive so much later.
absl::CivilDay DayOf(absl::Time time) {
  constexpr int kSecondsEast = 7 * 60 * 60;
  return absl::ToCivilDay(time, absl::FixedTimeZone(kSecondsEast));
}

}  // namespace

v1::Reach ToReach(const v1::PlanDocument& document) {
  v1::Reach to;
  const auto name = ParseDocumentName(document.name());
  const auto effective = ParseDate(document.effective_date());
  if (!name.ok() || !effective.ok()) return to;
  const Reach reach = ReachOf(name->first_year, name->last_year, *effective,
                              DayOf(FromTimestamp(document.publish_time())));
  for (const Period& quarter : reach.quarters) to.add_quarters(FormatPeriod(quarter));
  for (const Period& quarter : reach.ended_quarters) to.add_ended_quarters(FormatPeriod(quarter));
  to.set_retroactive(reach.retroactive);
  return to;
}

v1::DocumentOutcome PublishedOutcome(const v1::PlanDocument& document) {
  v1::DocumentOutcome outcome;
  outcome.set_name(document.name());
  outcome.set_revision(document.revision());
  outcome.set_outcome(v1::PUBLISH_OUTCOME_PUBLISHED);
  outcome.set_content_digest(document.content_digest());
  *outcome.mutable_reach() = ToReach(document);
  *outcome.mutable_findings() = document.findings();
  return outcome;
}

v1::AgencyOutcome PublishedOutcome(const v1::Agency& agency) {
  v1::AgencyOutcome outcome;
  outcome.set_outcome(v1::PUBLISH_OUTCOME_PUBLISHED);
  outcome.set_revision(agency.revision());
  for (const Finding& finding : AgencyFindings(ToAgency(agency), agency.revision())) {
    *outcome.add_findings() = ToProto(finding);
  }
  return outcome;
}

}  // namespace sakip::planning
