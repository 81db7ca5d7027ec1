#include "services/planning/rpc/outcome.h"

#include <vector>

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

// Of an answer; the rest of 4 MiB is for its other parts.
constexpr size_t kDocumentsBytesMax = (4 << 20) - (512 << 10);
// What a message needs in the list of another one.
constexpr size_t kOverheadBytes = 6;

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
  outcome.set_finding_count(document.findings_size());
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

void BoundFindings(google::protobuf::RepeatedPtrField<v1::DocumentOutcome>& documents) {
  using FindingList = google::protobuf::RepeatedPtrField<types::v1::Finding>;
  std::vector<FindingList> found;
  size_t bytes = 0;
  for (v1::DocumentOutcome& document : documents) {
    found.emplace_back().Swap(document.mutable_findings());
    bytes += document.ByteSizeLong() + kOverheadBytes;
  }
  // Which of the gravest fit is known before any is put back, so that their order stays.
  std::vector<std::vector<bool>> kept;
  for (const FindingList& findings : found) kept.emplace_back(findings.size(), false);
  for (const auto severity :
       {types::v1::Finding::SEVERITY_ERROR, types::v1::Finding::SEVERITY_WARNING,
        types::v1::Finding::SEVERITY_INFO}) {
    for (size_t i = 0; i < found.size(); ++i) {
      for (int j = 0; j < found[i].size(); ++j) {
        if (found[i][j].severity() != severity) continue;
        bytes += found[i][j].ByteSizeLong() + kOverheadBytes;
        if (bytes <= kDocumentsBytesMax) kept[i][static_cast<size_t>(j)] = true;
      }
    }
  }
  for (size_t i = 0; i < found.size(); ++i) {
    for (int j = 0; j < found[i].size(); ++j) {
      if (!kept[i][static_cast<size_t>(j)]) continue;
      documents[static_cast<int>(i)].add_findings()->Swap(&found[i][j]);
    }
  }
}

}  // namespace sakip::planning
