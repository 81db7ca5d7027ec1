#include "tests/conformance/question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/policy/proto/policy_proto.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/realization/v1/events.pb.h"

namespace sakip::scoring::conformance {
namespace {

namespace planning = sakip::planning::v1;
namespace realization = sakip::realization::v1;

constexpr char kOther[] = "regions/35.10/agencies/lain";

int64_t TimeOf(const Json& event) { return event.value("time", int64_t{0}); }

std::string SubmissionName(int year, const Json& event) {
  return absl::StrCat(kAgency, "/submissions/", year, "Q", event.at("quarter").get<int>());
}

// What an event says of a quarter beside its content.
template <typename Event>
Event OfQuarter(const Json& event, int year) {
  Event result;
  result.set_name(SubmissionName(year, event));
  return result;
}

template <typename Event>
Event OfRevision(const Json& event, int year) {
  Event result = OfQuarter<Event>(event, year);
  result.set_revision(event.at("revision"));
  return result;
}

}  // namespace

void Logs::AddPlanEvent(planning::PlanEvent event, int64_t time) {
  event.set_position(plan_events_.size());
  event.mutable_recorded_time()->set_seconds(time);
  plan_events_.push_back(std::move(event));
}

void Logs::AddDocument(planning::PlanDocument document, const std::string& collection,
                       const Json& event, int year) {
  document.set_name(absl::StrCat(kAgency, "/", collection, "/", year));
  document.set_revision(++revisions_[document.name()]);
  document.set_effective_date(Text(event, "effective_date", absl::StrCat(year, "-01-01")));
  document.set_log_position(plan_events_.size());
  planning::PlanEvent published;
  *published.mutable_document_published()->mutable_document() = std::move(document);
  AddPlanEvent(std::move(published), TimeOf(event));
}

void Logs::AddPolicy(const Json& event) {
  const std::string region = absl::StrCat("regions/", event.at("region").get<std::string>());
  planning::PlanEvent published;
  types::v1::ScoringPolicy& policy =
      *published.mutable_scoring_policy_published()->mutable_scoring_policy();
  policy = policy::ToProto(ToPolicy(event.at("policy")));
  policy.set_name(absl::StrCat(region, "/scoringPolicies/", ++revisions_[region]));
  policy.set_log_position(plan_events_.size());
  AddPlanEvent(std::move(published), TimeOf(event));
}

void Logs::AddPlanning(const Json& events, int year) {
  for (const Json& event : events) {
    const std::string kind = event.at("event");
    planning::PlanDocument document;
    if (kind == "annual_plan") {
      SetAnnualPlan(event, year, *document.mutable_annual_plan());
      AddDocument(std::move(document), "annualPlans", event, year);
    } else if (kind == "action_plan") {
      SetActionPlan(event.at("lines"), year, *document.mutable_action_plan());
      AddDocument(std::move(document), "actionPlans", event, year);
    } else if (kind == "policy") {
      AddPolicy(event);
    } else {
      SAKIP_CHECK(kind == "other");
      planning::PlanEvent registered;
      registered.mutable_agency_registered()->mutable_agency()->set_name(kOther);
      AddPlanEvent(std::move(registered), TimeOf(event));
    }
  }
}

void Logs::AddRecord(const std::string& agency, int year, const google::protobuf::Message& event,
                     int64_t time) {
  eventlog::v1::Record record;
  record.set_position(records_.size());
  record.set_stream(absl::StrCat(agency, "/years/", year));
  record.set_type(event.GetDescriptor()->full_name());
  record.set_payload(event.SerializeAsString());
  record.mutable_recorded_time()->set_seconds(time);
  records_.push_back({record.SerializeAsString(), ""});
}

void Logs::AddSubmission(const Json& event, int year) {
  realization::QuarterSubmitted submitted;
  realization::Submission& submission = *submitted.mutable_submission();
  submission = ToSubmission(event);
  submission.set_name(SubmissionName(year, event));
  submission.set_revision(++revisions_[submission.name()]);
  submission.set_content_digest(Text(event, "digest"));
  AddRecord(kAgency, year, submitted, TimeOf(event));
}

void Logs::AddRealization(const Json& events, int year) {
  for (const Json& event : events) {
    const auto add = [&](const google::protobuf::Message& message) {
      AddRecord(kAgency, year, message, TimeOf(event));
    };
    const std::string kind = event.at("event");
    if (kind == "submitted") {
      AddSubmission(event, year);
    } else if (kind == "verified") {
      add(OfRevision<realization::SubmissionVerified>(event, year));
    } else if (kind == "returned") {
      add(OfRevision<realization::SubmissionReturned>(event, year));
    } else if (kind == "approved") {
      auto approved = OfRevision<realization::SubmissionApproved>(event, year);
      approved.set_content_digest(Text(event, "digest"));
      add(approved);
    } else if (kind == "closed") {
      auto closed = OfQuarter<realization::QuarterClosed>(event, year);
      closed.mutable_close()->set_planning_end_position(event.at("planning"));
      add(closed);
    } else if (kind == "reopened") {
      add(OfQuarter<realization::QuarterReopened>(event, year));
    } else {
      SAKIP_CHECK(kind == "other");
      realization::QuarterReopened reopened;
      reopened.set_name(absl::StrCat(kOther, "/submissions/", year, "Q1"));
      AddRecord(kOther, year, reopened, TimeOf(event));
    }
  }
}

void Logs::AddYear(const Json& facts, int year, int quarter) {
  Json plan = facts.at("plan");
  plan["event"] = "annual_plan";
  AddPlanning(Json::array({plan}), year);
  const Json lines = LinesOf(plan);
  if (!lines.empty())
    AddPlanning(Json::array({{{"event", "action_plan"}, {"lines", lines}}}), year);
  Json events = Json::array();
  for (const auto& [of, submission] : Part(facts, "submissions").items()) {
    Json event = submission;
    event["event"] = "submitted";
    event["quarter"] = std::stoi(of);
    events.push_back(std::move(event));
  }
  for (int of = 1; of <= quarter && facts.value("closed", true); ++of) {
    events.push_back({{"event", "closed"}, {"quarter", of}, {"planning", plan_events_.size()}});
  }
  AddRealization(events, year);
}

void Logs::AddStrategicTargets(const Json& targets, int first_year) {
  planning::PlanDocument document;
  SetStrategicPlan(targets, first_year, *document.mutable_strategic_plan());
  AddDocument(std::move(document), "strategicPlans", Json::object(), first_year);
}

void Logs::Read(size_t batch) {
  const auto each_batch = [&](const auto& all, const auto& apply) {
    for (size_t from = 0; from < all.size(); from += batch) {
      const size_t next = std::min(from + batch, all.size());
      const auto begin = all.begin();
      const absl::Status applied = apply(
          std::vector(begin + static_cast<ptrdiff_t>(from), begin + static_cast<ptrdiff_t>(next)),
          next);
      SAKIP_CHECK(applied.ok());
    }
  };
  each_batch(plan_events_, [&](const auto& events, uint64_t next) {
    return projection_.ApplyPlans(events, next);
  });
  each_batch(records_, [&](const auto& records, uint64_t next) {
    return projection_.ApplySubmissions(records, next);
  });
}

}  // namespace sakip::scoring::conformance
