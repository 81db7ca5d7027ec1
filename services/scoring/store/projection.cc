#include "services/scoring/store/projection.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"
#include "common/message/timestamp.h"
#include "common/policy/policy.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "services/scoring/store/facts_from_proto.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;

// Rows, each a whole event under the position of its record, so that whatever was known at a
// position can be told again: `a/{agency} {position}` what registered or changed an agency;
// `d/{agency} {year} {position}` a revision of a document of one year, `d/{agency} span {position}`
// of a document of several; `p/{region} {position}` a version of a region's policy; `r/{region}
// {year} {position} {row}` a reference value, as an event of its own; `e/{agency} {year}
// {position}` a record of realization, as stored. A space sorts before all that a name may hold.
constexpr char kAgencies[] = "a/";
constexpr char kPolicies[] = "p/regions/";

std::string Row(absl::string_view prefix, uint64_t position) {
  return absl::StrFormat("%s %020u", prefix, position);
}

std::string AgencyRows(absl::string_view agency) { return absl::StrCat(kAgencies, agency); }

std::string YearRows(absl::string_view kind, absl::string_view agency, int year) {
  return absl::StrFormat("%s/%s %04d", kind, agency, year);
}

// `35`, `35.09` of `35.09`.
std::vector<std::string> DownTo(absl::string_view region) {
  std::vector<std::string> regions;
  for (size_t end = region.find('.'); end != absl::string_view::npos;
       end = region.find('.', end + 1)) {
    regions.emplace_back(region.substr(0, end));
  }
  regions.emplace_back(region);
  return regions;
}

std::string PolicyRows(absl::string_view region) { return absl::StrCat(kPolicies, region, " "); }

std::string SpanRows(absl::string_view agency) { return absl::StrCat("d/", agency, " span"); }

absl::string_view Name(Source source) {
  return source == Source::kPlanning ? "planning" : "realization";
}

std::string DocumentRows(const planning::PlanDocument& document) {
  const absl::string_view agency = AgencyOf(document.name());
  switch (document.content_case()) {
    case planning::PlanDocument::kAnnualPlan:
      return YearRows("d", agency, document.annual_plan().year());
    case planning::PlanDocument::kActionPlan:
      return YearRows("d", agency, document.action_plan().year());
    case planning::PlanDocument::kPerformanceAgreement:
      return YearRows("d", agency, document.performance_agreement().year());
    case planning::PlanDocument::kStrategicPlan:
    case planning::PlanDocument::kKeyIndicatorDecree:
    case planning::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return SpanRows(agency);
}

void KeepReferences(const planning::PlanEvent& event, views::ViewBatch& batch) {
  planning::PlanEvent one;
  one.set_position(event.position());
  *one.mutable_recorded_time() = event.recorded_time();
  int row = 0;
  for (const auto& change : event.reference_values_published().changes()) {
    const planning::ReferenceValue& value = change.reference_value();
    one.mutable_reference_values_published()->clear_changes();
    *one.mutable_reference_values_published()->add_changes() = change;
    const std::string rows = YearRows("r", OwnerOf(value.name()), value.year());
    batch.Put(absl::StrFormat("%s %05d", Row(rows, event.position()), row++),
              one.SerializeAsString());
  }
}

void KeepPlan(const planning::PlanEvent& event, views::ViewBatch& batch) {
  switch (event.event_case()) {
    case planning::PlanEvent::kAgencyRegistered:
      batch.Put(Row(AgencyRows(event.agency_registered().agency().name()), event.position()),
                event.SerializeAsString());
      return;
    case planning::PlanEvent::kDocumentPublished:
      batch.Put(Row(DocumentRows(event.document_published().document()), event.position()),
                event.SerializeAsString());
      return;
    case planning::PlanEvent::kReferenceValuesPublished:
      return KeepReferences(event, batch);
    case planning::PlanEvent::kScoringPolicyPublished: {
      const absl::string_view policy = event.scoring_policy_published().scoring_policy().name();
      batch.Put(Row(absl::StrCat("p/", OwnerOf(policy)), event.position()),
                event.SerializeAsString());
      return;
    }
    case planning::PlanEvent::EVENT_NOT_SET:
      Log(LogLevel::kWarning, "event_type_unknown", {{"position", absl::StrCat(event.position())}});
      return;
  }
}

// The year of `{agency}/years/{year}`.
absl::StatusOr<int> YearOf(absl::string_view stream) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseNameIn("years", stream));
  return ParseYear(name.id);
}

// What cannot be read is kept as well: the scorecard of its agency and year says so.
absl::Status KeepRecord(const eventlog::StoredRecord& stored, views::ViewBatch& batch) {
  ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
  if (!IsKnownEvent(record.type())) {
    Log(LogLevel::kWarning, "event_type_unknown",
        {{"type", record.type()}, {"position", absl::StrCat(record.position())}});
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const int year, YearOf(record.stream()));
  batch.Put(Row(YearRows("e", AgencyOf(record.stream()), year), record.position()), stored.record);
  return CheckEvent(record);
}

absl::Status Unreadable(absl::string_view key) {
  return absl::DataLossError(absl::StrCat("row ", key, " does not parse"));
}

}  // namespace

absl::StatusOr<uint64_t> Projection::Position(Source source) const {
  return store_.Position(Name(source));
}

absl::Status Projection::ApplyPlans(const std::vector<planning::PlanEvent>& events,
                                    uint64_t next_position) {
  latest_.Note(events);
  views::ViewBatch batch;
  for (const planning::PlanEvent& event : events) KeepPlan(event, batch);
  return Store(Source::kPlanning, batch, next_position);
}

absl::Status Projection::ApplySubmissions(const std::vector<eventlog::StoredRecord>& records,
                                          uint64_t next_position) {
  latest_.Note(records);
  views::ViewBatch batch;
  for (const eventlog::StoredRecord& stored : records) {
    const absl::Status kept = KeepRecord(stored, batch);
    if (kept.ok()) continue;
    Log(LogLevel::kError, "event_not_read",
        {{"source", std::string(Name(Source::kRealization))}, {"error", kept.ToString()}});
  }
  return Store(Source::kRealization, batch, next_position);
}

absl::Status Projection::Store(Source source, const views::ViewBatch& batch,
                               uint64_t next_position) {
  ASSIGN_OR_RETURN(const uint64_t position, Position(source));
  return store_.Apply(batch, Name(source), position, next_position);
}

absl::StatusOr<AgencyYear> Projection::Load(const std::string& agency, int year, const AsOf& as_of,
                                            Basis basis) const {
  AgencyYear result;
  result.plans.agency = agency;
  std::vector<UnreadEvent> unread;
  RETURN_IF_ERROR(LoadPlans(agency, year, as_of, result.plans, unread));
  RETURN_IF_ERROR(LoadPolicies(agency, year, as_of, result.plans, unread));
  SubmissionHistory history;
  RETURN_IF_ERROR(LoadSubmissions(agency, year, as_of, history));
  result.submissions = std::move(history).Take(basis);
  result.submissions.unread.insert(result.submissions.unread.begin(), unread.begin(), unread.end());
  return result;
}

absl::Status Projection::LoadPlans(const std::string& agency, int year, const AsOf& as_of,
                                   PlanHistory& plans, std::vector<UnreadEvent>& unread) const {
  for (const std::string& rows :
       {AgencyRows(agency), SpanRows(agency), YearRows("d", agency, year)}) {
    RETURN_IF_ERROR(ScanPlans(
        absl::StrCat(rows, " "), as_of,
        [&](const planning::PlanEvent& event) { AddPlanEvent(event, year, plans, unread); }));
  }
  return absl::OkStatus();
}

absl::Status Projection::LoadPolicies(const std::string& agency, int year, const AsOf& as_of,
                                      PlanHistory& plans, std::vector<UnreadEvent>& unread) const {
  const auto name = ParseAgencyName(agency);
  if (!name.ok()) return absl::OkStatus();
  return ForEachPolicy(name->region, as_of, [&](const types::v1::ScoringPolicy& version) {
    const auto owner = ParseRegionNameIn(policy::kScoringPolicies, version.name());
    AddPolicy(version, owner.ok() ? owner->region : "", year, plans, unread);
  });
}

absl::Status Projection::ForEachPolicy(
    const std::string& region, const AsOf& as_of,
    const std::function<void(const types::v1::ScoringPolicy&)>& policy) const {
  std::vector<std::string> prefixes;
  if (region == "-") {
    prefixes.push_back(kPolicies);
  } else {
    for (const std::string& above : DownTo(region)) prefixes.push_back(PolicyRows(above));
  }
  for (const std::string& prefix : prefixes) {
    RETURN_IF_ERROR(ScanPlans(prefix, as_of, [&](const planning::PlanEvent& event) {
      policy(event.scoring_policy_published().scoring_policy());
    }));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ReferenceValue>> Projection::LoadReferences(const std::string& agency,
                                                                       int year,
                                                                       const AsOf& as_of) const {
  ASSIGN_OR_RETURN(const ResourceName name, ParseAgencyName(agency));
  std::map<std::pair<std::string, bool>, ReferenceValue> latest;  // By indicator and level.
  for (const std::string& region : DownTo(name.region)) {
    const std::string rows = YearRows("r", absl::StrCat("regions/", region), year);
    RETURN_IF_ERROR(
        ScanPlans(absl::StrCat(rows, " "), as_of, [&](const planning::PlanEvent& event) {
          for (const auto& change : event.reference_values_published().changes()) {
            auto value = ToReferenceValue(change.reference_value());
            if (value.has_value()) {
              latest[{value->indicator_code, value->national}] = *std::move(value);
            }
          }
        }));
  }
  std::vector<ReferenceValue> values;
  for (auto& [key, value] : latest) values.push_back(std::move(value));
  return values;
}

absl::Status Projection::ScanPlans(
    const std::string& prefix, const AsOf& as_of,
    const std::function<void(const planning::PlanEvent&)>& visit) const {
  absl::Status status;
  planning::PlanEvent event;
  RETURN_IF_ERROR(store_.Scan({prefix}, [&](absl::string_view key, absl::string_view value) {
    if (!event.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = Unreadable(key);
      return false;
    }
    // Rows of several regions are not in the order of their positions: none ends the scan.
    if (event.position() < as_of.planning && FromTimestamp(event.recorded_time()) <= as_of.time) {
      visit(event);
    }
    return true;
  }));
  return status;
}

absl::Status Projection::LoadSubmissions(const std::string& agency, int year, const AsOf& as_of,
                                         SubmissionHistory& history) const {
  absl::Status status;
  eventlog::v1::Record record;
  RETURN_IF_ERROR(store_.Scan(
      {absl::StrCat(YearRows("e", agency, year), " ")},
      [&](absl::string_view key, absl::string_view value) {
        if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = Unreadable(key);
          return false;
        }
        const bool counts =
            record.position() < as_of.realization && eventlog::RecordedTime(record) <= as_of.time;
        if (counts) history.Add(record);
        return counts;
      }));
  return status;
}

absl::Status Projection::ForEachAgency(
    const ResourceName& scope, const std::string& after,
    const std::function<bool(const std::string&)>& agency) const {
  std::string last = after;
  return store_.Scan({kAgencies, AgencyRows(after)}, [&](absl::string_view key, absl::string_view) {
    key.remove_prefix(sizeof(kAgencies) - 1);
    const absl::string_view name = key.substr(0, key.find(' '));
    if (name <= last || !ScopeCovers(scope, name)) return true;
    last = std::string(name);
    return agency(last);
  });
}

}  // namespace sakip::scoring
