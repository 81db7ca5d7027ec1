#include "services/scoring/store/projection.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/scoring/store/facts_from_proto.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

// Rows: `a/{agency}` the agency; `d/{document}@{revision}` a revision of a document;
// `s/{submission}` the latest revision of a submission; `p/{submission}` its last approval;
// `c/{submission}` what the close of the quarter recorded, while it is closed.
constexpr char kAgencies[] = "a/";

std::string AgencyKey(absl::string_view agency) { return absl::StrCat(kAgencies, agency); }

std::string DocumentKey(absl::string_view document, uint32_t revision) {
  return absl::StrFormat("d/%s@%010u", document, revision);
}

std::string SubmissionKey(absl::string_view submission) { return absl::StrCat("s/", submission); }

std::string ApprovalKey(absl::string_view submission) { return absl::StrCat("p/", submission); }

std::string CloseKey(absl::string_view quarter) { return absl::StrCat("c/", quarter); }

absl::string_view Name(Source source) {
  return source == Source::kPlanning ? "planning" : "realization";
}

void FoldEvent(uint64_t position, realization::QuarterSubmitted event, views::ViewBatch& batch) {
  realization::Submission& submission = *event.mutable_submission();
  submission.set_log_position(position);
  batch.Put(SubmissionKey(submission.name()), submission.SerializeAsString());
}

void FoldEvent(uint64_t, const realization::SubmissionApproved& event, views::ViewBatch& batch) {
  batch.Put(ApprovalKey(event.name()), event.SerializeAsString());
}

void FoldEvent(uint64_t, const realization::QuarterClosed& event, views::ViewBatch& batch) {
  batch.Put(CloseKey(event.name()), event.SerializeAsString());
}

void FoldEvent(uint64_t, const realization::QuarterReopened& event, views::ViewBatch& batch) {
  batch.Delete(CloseKey(event.name()));
}

// These change no scorecard.
void FoldEvent(uint64_t, const realization::QuarterOpened&, views::ViewBatch&) {}
void FoldEvent(uint64_t, const realization::SubmissionVerified&, views::ViewBatch&) {}
void FoldEvent(uint64_t, const realization::SubmissionReturned&, views::ViewBatch&) {}

// Folds `record` where it is of the type `Event`; true where it is.
template <typename Event>
bool TryFold(const eventlog::v1::Record& record, views::ViewBatch& batch, absl::Status& status) {
  if (record.type() != Event::descriptor()->full_name()) return false;
  auto event = eventlog::ParsePayload<Event>(record);
  status = event.status();
  if (event.ok()) FoldEvent(record.position(), *std::move(event), batch);
  return true;
}

template <typename... Events>
absl::Status FoldAnyOf(const eventlog::v1::Record& record, views::ViewBatch& batch) {
  absl::Status status;
  if ((TryFold<Events>(record, batch, status) || ...)) return status;
  Log(LogLevel::kWarning, "event_type_unknown",
      {{"type", record.type()}, {"position", absl::StrCat(record.position())}});
  return absl::OkStatus();
}

absl::Status FoldRecord(const eventlog::StoredRecord& stored, views::ViewBatch& batch) {
  ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
  return FoldAnyOf<realization::QuarterSubmitted, realization::QuarterOpened,
                   realization::SubmissionVerified, realization::SubmissionReturned,
                   realization::SubmissionApproved, realization::QuarterClosed,
                   realization::QuarterReopened>(record, batch);
}

void FoldPlan(const planning::PlanEvent& event, views::ViewBatch& batch) {
  switch (event.event_case()) {
    case planning::PlanEvent::kAgencyRegistered: {
      const planning::Agency& agency = event.agency_registered().agency();
      batch.Put(AgencyKey(agency.name()), agency.SerializeAsString());
      return;
    }
    case planning::PlanEvent::kDocumentPublished: {
      const planning::PlanDocument& document = event.document_published().document();
      batch.Put(DocumentKey(document.name(), document.revision()), document.SerializeAsString());
      return;
    }
    case planning::PlanEvent::EVENT_NOT_SET:
      Log(LogLevel::kWarning, "event_type_unknown", {{"position", absl::StrCat(event.position())}});
      return;
  }
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
    case planning::PlanDocument::kKeyIndicatorDecree:  // Changes no scorecard.
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

absl::Status Projection::ApplyPlans(const std::vector<planning::PlanEvent>& events,
                                    uint64_t next_position) {
  views::ViewBatch batch;
  for (const planning::PlanEvent& event : events) FoldPlan(event, batch);
  return Store(Source::kPlanning, batch, next_position);
}

absl::Status Projection::ApplySubmissions(const std::vector<eventlog::StoredRecord>& records,
                                          uint64_t next_position) {
  views::ViewBatch batch;
  for (const eventlog::StoredRecord& stored : records) {
    const absl::Status folded = FoldRecord(stored, batch);
    if (folded.ok()) continue;
    Log(LogLevel::kError, "event_not_read",
        {{"source", std::string(Name(Source::kRealization))}, {"error", folded.ToString()}});
  }
  return Store(Source::kRealization, batch, next_position);
}

absl::Status Projection::Store(Source source, const views::ViewBatch& batch,
                               uint64_t next_position) {
  ASSIGN_OR_RETURN(const uint64_t position, Position(source));
  return store_.Apply(batch, Name(source), position, next_position);
}

template <typename Message>
absl::StatusOr<std::optional<Message>> Projection::Read(const std::string& key) const {
  ASSIGN_OR_RETURN(const auto row, store_.Get(key));
  if (!row.has_value()) return std::nullopt;
  Message message;
  if (!message.ParseFromString(*row)) return Unreadable(key);
  return message;
}

absl::StatusOr<AgencyYear> Projection::Load(const std::string& agency, int year) const {
  AgencyYear result;
  result.plans.agency = agency;
  ASSIGN_OR_RETURN(const auto registered, Read<planning::Agency>(AgencyKey(agency)));
  if (registered.has_value()) result.plans.display_name = registered->display_name();
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
    const std::string name = absl::StrCat(agency, "/submissions/", FormatPeriod({year, quarter}));
    ASSIGN_OR_RETURN(const auto submission, Read<realization::Submission>(SubmissionKey(name)));
    if (submission.has_value()) {
      ASSIGN_OR_RETURN(submissions.by_quarter[quarter], ToSubmission(*submission));
    }
    ASSIGN_OR_RETURN(const auto approved, Read<realization::SubmissionApproved>(ApprovalKey(name)));
    if (approved.has_value()) {
      submissions.approvals[quarter] = {approved->revision(), approved->content_digest()};
    }
    ASSIGN_OR_RETURN(const auto closed, Read<realization::QuarterClosed>(CloseKey(name)));
    if (closed.has_value()) {
      submissions.closed_quarters.insert(quarter);
      submissions.pinned_plan_records[quarter] = closed->close().planning_end_position();
    }
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
