#include "services/scoring/store/history.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"
#include "common/message/timestamp.h"
#include "common/policy/proto/policy_proto.h"
#include "services/scoring/store/facts_from_proto.h"

namespace sakip::scoring {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

template <typename... Events>
struct EventTypes {};

using KnownEvents = EventTypes<realization::QuarterSubmitted, realization::QuarterOpened,
                               realization::SubmissionVerified, realization::SubmissionReturned,
                               realization::SubmissionApproved, realization::QuarterClosed,
                               realization::QuarterReopened>;

template <typename Event>
bool Is(absl::string_view type) {
  return type == Event::descriptor()->full_name();
}

// Calls `visit` with the event where `record` is an `Event`.
template <typename Event, typename Visitor>
bool TryVisit(const eventlog::v1::Record& record, Visitor& visit, absl::Status& status) {
  if (!Is<Event>(record.type())) return false;
  auto event = eventlog::ParsePayload<Event>(record);
  status = event.ok() ? visit(*std::move(event)) : event.status();
  return true;
}

template <typename Visitor, typename... Events>
absl::Status Visit(EventTypes<Events...>, const eventlog::v1::Record& record, Visitor visit) {
  absl::Status status;
  (TryVisit<Events>(record, visit, status) || ...);
  return status;
}

template <typename... Events>
bool IsAnyOf(EventTypes<Events...>, absl::string_view type) {
  return (Is<Events>(type) || ...);
}

// The quarter of `{agency}/submissions/2023Q4`.
absl::StatusOr<int> QuarterOf(const std::string& submission) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseNameIn("submissions", submission));
  ASSIGN_OR_RETURN(const Period period, ParsePeriod(name.id));
  return period.quarter;
}

// Checks one event by folding it where nobody looks.
struct Check {
  absl::Status operator()(const realization::QuarterSubmitted& event) const {
    RETURN_IF_ERROR(QuarterOf(event.submission().name()).status());
    return ToSubmission(event.submission()).status();
  }
  template <typename Event>
  absl::Status operator()(const Event& event) const {
    return QuarterOf(event.name()).status();
  }
};

}  // namespace

Years YearsOf(const planning::PlanDocument& document) {
  const auto one = [](int year) { return Years{year, year}; };
  switch (document.content_case()) {
    case planning::PlanDocument::kAnnualPlan:
      return one(document.annual_plan().year());
    case planning::PlanDocument::kActionPlan:
      return one(document.action_plan().year());
    case planning::PlanDocument::kPerformanceAgreement:
      return one(document.performance_agreement().year());
    case planning::PlanDocument::kStrategicPlan:
      return {document.strategic_plan().first_year(), document.strategic_plan().last_year()};
    case planning::PlanDocument::kKeyIndicatorDecree:  // Changes no scorecard.
    case planning::PlanDocument::CONTENT_NOT_SET:
      break;
  }
  return {};
}

Years YearsOf(const types::v1::ScoringPolicy& policy) {
  return {policy.first_year(), std::numeric_limits<int>::max()};
}

bool IsKnownEvent(absl::string_view type) { return IsAnyOf(KnownEvents(), type); }

absl::Status CheckEvent(const eventlog::v1::Record& record) {
  return Visit(KnownEvents(), record, Check());
}

// What each event does to the facts of its quarter.
class SubmissionHistory::Folder {
 public:
  Folder(SubmissionHistory& history, const eventlog::v1::Record& record)
      : history_(history), record_(record) {}

  absl::Status operator()(realization::QuarterSubmitted event) {
    realization::Submission& submission = *event.mutable_submission();
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(submission.name()));
    Timeliness& times = history_.facts_.timeliness[quarter];
    if (!times.submitted.has_value()) {
      times.submitted = eventlog::RecordedTime(record_);
      times.late = submission.late();
    }
    submission.set_log_position(record_.position());
    const uint32_t revision = submission.revision();
    history_.quarters_[quarter].revisions[revision] = std::move(submission);
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::QuarterOpened& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.facts_.timeliness[quarter].due = FromTimestamp(event.due_time());
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::SubmissionVerified& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.quarters_[quarter].verified.insert(event.revision());
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::SubmissionReturned& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.quarters_[quarter].verified.erase(event.revision());
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::SubmissionApproved& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.facts_.approvals[quarter] = {event.revision(), event.content_digest()};
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::QuarterClosed& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.facts_.closed_quarters.insert(quarter);
    history_.facts_.pinned_plan_records[quarter] = event.close().planning_end_position();
    return absl::OkStatus();
  }
  absl::Status operator()(const realization::QuarterReopened& event) {
    ASSIGN_OR_RETURN(const int quarter, QuarterOf(event.name()));
    history_.facts_.closed_quarters.erase(quarter);
    history_.facts_.pinned_plan_records.erase(quarter);
    return absl::OkStatus();
  }

 private:
  SubmissionHistory& history_;
  const eventlog::v1::Record& record_;
};

void SubmissionHistory::Add(const eventlog::v1::Record& record) {
  const absl::Status folded = Visit(KnownEvents(), record, Folder(*this, record));
  if (folded.ok()) return;
  facts_.unread.push_back(
      {absl::StrCat(record.type(), " of ", record.stream(), "@", record.stream_revision()),
       record.position(), std::string(folded.message())});
}

const realization::Submission* SubmissionHistory::Counting(const Quarter& quarter, Basis basis) {
  for (auto it = quarter.revisions.rbegin(); it != quarter.revisions.rend(); ++it) {
    if (basis == Basis::kSubmitted || quarter.verified.contains(it->first)) return &it->second;
  }
  return nullptr;
}

YearSubmissions SubmissionHistory::Take(Basis basis) && {
  facts_.basis = basis;
  for (const auto& [quarter, history] : quarters_) {
    const realization::Submission* counts = Counting(history, basis);
    if (counts == nullptr) continue;
    auto submission = ToSubmission(*counts);
    if (!submission.ok()) {
      facts_.unread.push_back({.event = absl::StrCat(counts->name(), "@", counts->revision()),
                               .log_position = counts->log_position(),
                               .why = std::string(submission.status().message()),
                               .quarter = quarter});
      continue;
    }
    submission->verified = history.verified.contains(counts->revision());
    facts_.by_quarter[quarter] = *std::move(submission);
  }
  return std::move(facts_);
}

void AddPolicy(const types::v1::ScoringPolicy& version, absl::string_view region, int year,
               std::vector<RegionPolicy>& policies, std::vector<UnreadEvent>& unread) {
  auto policy = policy::FromProto(version, "scoring_policy");
  if (policy.ok()) {
    policies.push_back({*std::move(policy), std::string(region), version.log_position()});
  } else if (version.first_year() <= year) {
    unread.push_back({.event = version.name(),
                      .log_position = version.log_position(),
                      .why = std::string(policy.status().message()),
                      .kind = UnreadEvent::Kind::kPolicy,
                      .region = std::string(region)});
  }
}

void AddPlanEvent(const planning::PlanEvent& event, int year, PlanHistory& plans,
                  std::vector<UnreadEvent>& unread) {
  if (event.has_agency_registered()) {
    plans.display_name = event.agency_registered().agency().display_name();
  }
  const planning::PlanDocument& document = event.document_published().document();
  if (!event.has_document_published() || !YearsOf(document).Contain(year)) return;
  const absl::Status added = AddDocument(document, plans);
  if (added.ok()) return;
  unread.push_back({.event = absl::StrCat(document.name(), "@", document.revision()),
                    .log_position = event.position(),
                    .why = std::string(added.message()),
                    .kind = UnreadEvent::Kind::kPlan});
}

}  // namespace sakip::scoring
