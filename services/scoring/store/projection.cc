#include "services/scoring/store/projection.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/planning/v1/events.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/scoring/store/facts_from_proto.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

// Rows: `a/{agency}` the agency; `d/{document}@{revision}` a revision of a document;
// `s/{submission}` the latest revision of a submission.
constexpr char kAgencies[] = "a/";

std::string AgencyKey(absl::string_view agency) { return absl::StrCat(kAgencies, agency); }

std::string DocumentKey(absl::string_view document, uint32_t revision) {
  return absl::StrFormat("d/%s@%010u", document, revision);
}

std::string SubmissionKey(absl::string_view submission) { return absl::StrCat("s/", submission); }

absl::string_view Name(Source source) {
  return source == Source::kPlanning ? "planning" : "realization";
}

absl::Status Fold(const eventlog::StoredRecord& stored, views::ViewBatch& batch) {
  ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
  if (record.type() == planning::AgencyRegistered::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(const auto event, eventlog::ParsePayload<planning::AgencyRegistered>(record));
    batch.Put(AgencyKey(event.agency().name()), event.agency().SerializeAsString());
  } else if (record.type() == planning::DocumentPublished::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(auto event, eventlog::ParsePayload<planning::DocumentPublished>(record));
    event.mutable_document()->set_log_position(record.position());
    batch.Put(DocumentKey(event.document().name(), event.document().revision()),
              event.document().SerializeAsString());
  } else if (record.type() == realization::QuarterSubmitted::descriptor()->full_name()) {
    ASSIGN_OR_RETURN(auto event, eventlog::ParsePayload<realization::QuarterSubmitted>(record));
    event.mutable_submission()->set_log_position(record.position());
    batch.Put(SubmissionKey(event.submission().name()), event.submission().SerializeAsString());
  } else {
    Log(LogLevel::kWarning, "event_type_unknown",
        {{"type", record.type()}, {"position", absl::StrCat(record.position())}});
  }
  return absl::OkStatus();
}

bool ConcernsYear(const planning::PlanDocument& document, int year) {
  switch (document.content_case()) {
    case planning::PlanDocument::kAnnualPlan:
      return document.annual_plan().year() == year;
    case planning::PlanDocument::kActionPlan:
      return document.action_plan().year() == year;
    case planning::PlanDocument::kPerformanceAgreement:
      return document.performance_agreement().year() == year;
    case planning::PlanDocument::kStrategicPlan:
      return document.strategic_plan().first_year() <= year &&
             year <= document.strategic_plan().last_year();
    case planning::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return false;
}

absl::Status Unreadable(absl::string_view key) {
  return absl::DataLossError(absl::StrCat("row ", key, " does not parse"));
}

}  // namespace

absl::StatusOr<uint64_t> Projection::Position(Source source) const {
  return store_.Position(Name(source));
}

absl::Status Projection::Apply(Source source, const std::vector<eventlog::StoredRecord>& records,
                               uint64_t next_position) {
  ASSIGN_OR_RETURN(const uint64_t position, Position(source));
  views::ViewBatch batch;
  for (const eventlog::StoredRecord& stored : records) {
    const absl::Status folded = Fold(stored, batch);
    if (folded.ok()) continue;
    Log(LogLevel::kError, "event_not_read",
        {{"source", std::string(Name(source))}, {"error", folded.ToString()}});
  }
  return store_.Apply(batch, Name(source), position, next_position);
}

absl::StatusOr<AgencyYear> Projection::Load(const std::string& agency, int year) const {
  AgencyYear result;
  result.plans.agency = agency;
  ASSIGN_OR_RETURN(const auto row, store_.Get(AgencyKey(agency)));
  if (row.has_value()) {
    sakip::planning::v1::Agency registered;
    if (!registered.ParseFromString(*row)) return Unreadable(AgencyKey(agency));
    result.plans.display_name = registered.display_name();
  }
  RETURN_IF_ERROR(LoadPlans(agency, year, result.plans));
  RETURN_IF_ERROR(LoadSubmissions(agency, year, result.submissions));
  return result;
}

absl::Status Projection::LoadPlans(const std::string& agency, int year, PlanHistory& plans) const {
  absl::Status status;
  planning::PlanDocument document;
  RETURN_IF_ERROR(store_.Scan(
      {absl::StrCat("d/", agency, "/")}, [&](absl::string_view key, absl::string_view value) {
        if (!document.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = Unreadable(key);
        } else if (ConcernsYear(document, year)) {
          status = AddDocument(document, plans);
        }
        return status.ok();
      }));
  return status;
}

absl::Status Projection::LoadSubmissions(const std::string& agency, int year,
                                         YearSubmissions& submissions) const {
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    const std::string key =
        SubmissionKey(absl::StrCat(agency, "/submissions/", FormatPeriod({year, quarter})));
    ASSIGN_OR_RETURN(const auto row, store_.Get(key));
    if (!row.has_value()) continue;
    realization::Submission submission;
    if (!submission.ParseFromString(*row)) return Unreadable(key);
    ASSIGN_OR_RETURN(submissions.by_quarter[quarter], ToSubmission(submission));
  }
  return absl::OkStatus();
}

absl::Status Projection::ForEachAgency(
    const ResourceName& scope, const std::string& after,
    const std::function<bool(const std::string&)>& agency) const {
  return store_.Scan({kAgencies, AgencyKey(after)}, [&](absl::string_view key, absl::string_view) {
    key.remove_prefix(sizeof(kAgencies) - 1);
    const std::string name(key);
    if (name <= after || !ScopeCovers(scope, name)) return true;
    return agency(name);
  });
}

}  // namespace sakip::scoring
