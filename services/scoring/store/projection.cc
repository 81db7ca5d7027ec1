#include "services/scoring/store/projection.h"

#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"
#include "common/message/timestamp.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "services/scoring/store/facts_from_proto.h"
#include "services/scoring/store/rows.h"
#include "services/scoring/store/year_reader.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;

constexpr Years kAllYears{0, std::numeric_limits<int>::max()};

// `35.09` of what belongs to a region.
absl::string_view RegionOf(absl::string_view name) {
  absl::string_view region = OwnerOf(name);
  absl::ConsumePrefix(&region, "regions/");
  return region;
}

absl::string_view Name(Source source) {
  return source == Source::kPlanning ? "planning" : "realization";
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
    const std::string rows = ReferenceRows(RegionOf(value.name()), value.year());
    batch.Put(absl::StrFormat("%s %05d", Row(rows, event.position()), row++),
              one.SerializeAsString());
  }
}

// What `event` adds to the rows, and whose scorecards it may change: reference values change none,
// they stand beside them.
void KeepPlan(const planning::PlanEvent& event, views::ViewBatch& batch,
              std::vector<Change>& changes) {
  const uint64_t position = event.position();
  switch (event.event_case()) {
    case planning::PlanEvent::kAgencyRegistered: {
      const std::string& agency = event.agency_registered().agency().name();
      batch.Put(Row(AgencyRows(agency), position), event.SerializeAsString());
      changes.push_back({position, agency, kAllYears});
      return;
    }
    case planning::PlanEvent::kDocumentPublished: {
      const planning::PlanDocument& document = event.document_published().document();
      batch.Put(Row(RowsOf(document), position), event.SerializeAsString());
      changes.push_back({position, std::string(AgencyOf(document.name())), YearsOf(document)});
      return;
    }
    case planning::PlanEvent::kReferenceValuesPublished:
      return KeepReferences(event, batch);
    case planning::PlanEvent::kScoringPolicyPublished: {
      const types::v1::ScoringPolicy& policy = event.scoring_policy_published().scoring_policy();
      batch.Put(Row(PolicyRows(RegionOf(policy.name())), position), event.SerializeAsString());
      changes.push_back({position, std::string(OwnerOf(policy.name())), YearsOf(policy)});
      return;
    }
    case planning::PlanEvent::EVENT_NOT_SET:
      Log(LogLevel::kWarning, "event_type_unknown", {{"position", absl::StrCat(position)}});
      return;
  }
}

// The year of `{agency}/years/{year}`.
absl::StatusOr<int> YearOf(absl::string_view stream) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseNameIn("years", stream));
  return ParseYear(name.id);
}

// What cannot be read is kept as well: the scorecard of its agency and year says so.
absl::Status KeepRecord(const eventlog::StoredRecord& stored, views::ViewBatch& batch,
                        std::vector<Change>& changes) {
  ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
  if (!IsKnownEvent(record.type())) {
    Log(LogLevel::kWarning, "event_type_unknown",
        {{"type", record.type()}, {"position", absl::StrCat(record.position())}});
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const int year, YearOf(record.stream()));
  const std::string agency(AgencyOf(record.stream()));
  batch.Put(Row(RecordRows(agency, year), record.position()), stored.record);
  changes.push_back({record.position(), agency, {year, year}});
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
  views::ViewBatch batch;
  std::vector<Change> changes;
  for (const planning::PlanEvent& event : events) KeepPlan(event, batch, changes);
  return Store(Source::kPlanning, batch, std::move(changes), next_position);
}

absl::Status Projection::ApplySubmissions(const std::vector<eventlog::StoredRecord>& records,
                                          uint64_t next_position) {
  views::ViewBatch batch;
  std::vector<Change> changes;
  for (const eventlog::StoredRecord& stored : records) {
    const absl::Status kept = KeepRecord(stored, batch, changes);
    if (kept.ok()) continue;
    Log(LogLevel::kError, "event_not_read",
        {{"source", std::string(Name(Source::kRealization))}, {"error", kept.ToString()}});
  }
  return Store(Source::kRealization, batch, std::move(changes), next_position);
}

absl::Status Projection::Store(Source source, const views::ViewBatch& batch,
                               std::vector<Change> changes, uint64_t next_position) {
  ASSIGN_OR_RETURN(const uint64_t position, Position(source));
  latest_.Note(source, changes);
  RETURN_IF_ERROR(store_.Apply(batch, Name(source), position, next_position));
  recent_.Add(source, position, next_position, std::move(changes));
  return absl::OkStatus();
}

absl::StatusOr<AgencyYear> Projection::Load(const std::string& agency, int year, const AsOf& as_of,
                                            Basis basis) const {
  return YearReader(*this, year, as_of, basis).Load(agency);
}

absl::StatusOr<AgencyYear> Projection::LoadUnder(const std::string& agency, int year,
                                                 const AsOf& as_of, Basis basis,
                                                 const YearPolicies& policies) const {
  AgencyYear result;
  result.plans.agency = agency;
  result.plans.policies = policies.versions;
  std::vector<UnreadEvent> unread;
  RETURN_IF_ERROR(LoadPlans(agency, year, as_of, result.plans, unread));
  unread.insert(unread.end(), policies.unread.begin(), policies.unread.end());
  SubmissionHistory history;
  RETURN_IF_ERROR(LoadSubmissions(agency, year, as_of, history));
  result.submissions = std::move(history).Take(basis);
  result.submissions.unread.insert(result.submissions.unread.begin(), unread.begin(), unread.end());
  return result;
}

absl::Status Projection::LoadPlans(const std::string& agency, int year, const AsOf& as_of,
                                   PlanHistory& plans, std::vector<UnreadEvent>& unread) const {
  for (const std::string& rows :
       {AgencyRows(agency), SpanRows(agency), DocumentRows(agency, year)}) {
    RETURN_IF_ERROR(ScanPlans({PrefixOf(rows)}, as_of,
                              [&](absl::string_view, const planning::PlanEvent& event) {
                                AddPlanEvent(event, year, plans, unread);
                                return true;
                              }));
  }
  return absl::OkStatus();
}

absl::StatusOr<YearPolicies> Projection::LoadPolicies(const std::string& region, int year,
                                                      const AsOf& as_of) const {
  YearPolicies result;
  std::vector<RegionPolicy> versions;
  RETURN_IF_ERROR(ForEachPolicy(region, as_of, {},
                                [&](const PolicyKey& key, const types::v1::ScoringPolicy& version) {
                                  AddPolicy(version, key.region, year, versions, result.unread);
                                  return true;
                                }));
  if (!versions.empty()) result.versions = std::move(versions);
  return result;
}

absl::Status Projection::ForEachPolicy(const std::string& region, const AsOf& as_of,
                                       const PolicyKey& after, const PolicyVisitor& visit) const {
  std::vector<std::string> prefixes;
  if (region == "-") {
    prefixes.push_back(kAllPolicies);
  } else {
    for (const std::string& above : DownTo(region)) prefixes.push_back(PrefixOf(PolicyRows(above)));
  }
  // Where it is given, the prefixes before it are passed over too: they are in the order of keys.
  const std::string start =
      after.region.empty() ? "" : Row(PolicyRows(after.region), after.log_position + 1);
  bool more = true;
  for (size_t i = 0; more && i < prefixes.size(); ++i) {
    RETURN_IF_ERROR(ScanPlans({prefixes[i], start}, as_of,
                              [&](absl::string_view key, const planning::PlanEvent& event) {
                                more = visit({std::string(RegionOfRow(key)), PositionOf(key)},
                                             event.scoring_policy_published().scoring_policy());
                                return more;
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
    RETURN_IF_ERROR(
        ScanPlans({PrefixOf(ReferenceRows(region, year))}, as_of,
                  [&](absl::string_view, const planning::PlanEvent& event) {
                    for (const auto& change : event.reference_values_published().changes()) {
                      auto value = ToReferenceValue(change.reference_value());
                      if (value.has_value()) {
                        latest[{value->indicator_code, value->national}] = *std::move(value);
                      }
                    }
                    return true;
                  }));
  }
  std::vector<ReferenceValue> values;
  for (auto& [key, value] : latest) values.push_back(std::move(value));
  return values;
}

absl::Status Projection::ScanPlans(const views::ScanRange& range, const AsOf& as_of,
                                   const PlanVisitor& visit) const {
  absl::Status status;
  planning::PlanEvent event;
  RETURN_IF_ERROR(store_.Scan(range, [&](absl::string_view key, absl::string_view value) {
    if (!event.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = Unreadable(key);
      return false;
    }
    // Rows of several regions are not in the order of their positions: none ends the scan.
    const bool counts =
        event.position() < as_of.planning && FromTimestamp(event.recorded_time()) <= as_of.time;
    return !counts || visit(key, event);
  }));
  return status;
}

absl::Status Projection::LoadSubmissions(const std::string& agency, int year, const AsOf& as_of,
                                         SubmissionHistory& history) const {
  absl::Status status;
  eventlog::v1::Record record;
  RETURN_IF_ERROR(store_.Scan(
      {PrefixOf(RecordRows(agency, year))}, [&](absl::string_view key, absl::string_view value) {
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
  bool more = true;
  for (const std::string& prefix : AgencyPrefixes(scope)) {
    if (!more) break;
    RETURN_IF_ERROR(
        store_.Scan({prefix, AfterAgency(after)}, [&](absl::string_view key, absl::string_view) {
          const absl::string_view name = AgencyOfRow(key);
          if (name == last) return true;  // Registered and changed since.
          last = std::string(name);
          more = agency(last);
          return more;
        }));
  }
  return absl::OkStatus();
}

}  // namespace sakip::scoring
