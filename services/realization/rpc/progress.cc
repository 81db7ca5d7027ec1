// Who has not submitted, and what blocks whom: asks planning for the agencies, page after page, and
// says where each stands.

#include "services/realization/domain/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/message/timestamp.h"
#include "common/paging/page.h"
#include "services/realization/rpc/planning_call.h"
#include "services/realization/rpc/realization_service.h"

namespace sakip::realization {
namespace {

// An agency with all its units is 20 KiB at most: so many fit in a message.
constexpr PageSizes kAgencyPages{100, 200};

struct Question {
  ResourceName parent;
  Period period;
  std::string list;  // What its page tokens belong to.
  int page_size = 0;
  std::string planning_token;  // Where the page begins in planning's own list.
  absl::Time now;
  rpc::OutgoingCall outgoing;
};

absl::StatusOr<Question> Check(const v1::GetQuarterProgressRequest& request) {
  Question question;
  FieldErrors errors;
  const auto parent = ParseResourceName(request.parent());
  if (!parent.ok() || !parent->collection.empty()) {
    errors.Add("parent", "is no region and no agency");
  } else {
    question.parent = *parent;
  }
  if (request.year() < kYearMin || request.year() > kYearMax) {
    errors.Add("year", absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
  }
  if (request.quarter() < 1 || request.quarter() > kQuarters) {
    errors.Add("quarter", "is no quarter; 1 to 4");
  }
  RETURN_IF_ERROR(errors.ToStatus());
  question.period = {request.year(), request.quarter()};
  question.list =
      absl::StrCat("GetQuarterProgress ", request.parent(), " ", FormatPeriod(question.period));
  ASSIGN_OR_RETURN(question.page_size, PageSize(request.page_size(), kAgencyPages));
  ASSIGN_OR_RETURN(question.planning_token, ParsePageToken(question.list, request.page_token()));
  return question;
}

// Collects one answer; keeps itself alive until it is given.
class ProgressReading : public std::enable_shared_from_this<ProgressReading> {
 public:
  using Done = rpc::Done<v1::GetQuarterProgressResponse>;

  ProgressReading(const SubmissionView& view, PlanningClient& planning, Question question,
                  Done done)
      : view_(view),
        planning_(planning),
        question_(std::move(question)),
        first_page_(question_.planning_token.empty()),
        count_(question_.parent),
        done_(std::move(done)) {}

  void Start() {
    if (question_.parent.agency.empty()) {
      return Ask(question_.page_size, question_.planning_token);
    }
    planning_.FindAgency(question_.parent.AgencyName(), question_.outgoing,
                         [self = shared_from_this()](const auto& agency) {
                           if (!agency.ok()) return self->done_(agency.status());
                           self->Show(*agency);
                           self->done_(std::move(self->response_));
                         });
  }

 private:
  void Ask(int page_size, const std::string& token) {
    planning::v1::ListAgenciesRequest request;
    request.set_parent(absl::StrCat("regions/", question_.parent.region));
    request.set_page_size(page_size);
    request.set_page_token(token);
    planning_.ListAgencies(request, question_.outgoing,
                           [self = shared_from_this()](const auto& page) { self->OnPage(page); });
  }

  void OnPage(const absl::StatusOr<planning::v1::ListAgenciesResponse>& page) {
    if (!page.ok()) return done_(page.status());
    for (const planning::v1::Agency& agency : page->agencies()) {
      if (!page_shown_) Show(agency);
      if (first_page_) Count(agency.name());
    }
    const std::string& next = page->next_page_token();
    if (!page_shown_ && !next.empty()) {
      response_.set_next_page_token(MakePageToken(question_.list, next));
    }
    page_shown_ = true;
    // Sums are over all agencies.
    if (first_page_ && !next.empty()) return Ask(kAgencyPages.most, next);
    ShowRegions();
    done_(std::move(response_));
  }

  Quarter QuarterOf(const std::string& agency) const {
    return view_.FindQuarter(absl::StrCat(agency, "/submissions/", FormatPeriod(question_.period)));
  }

  void Count(const std::string& agency) {
    const auto name = ParseAgencyName(agency);
    if (name.ok()) count_.Add(name->region, QuarterOf(agency), question_.now);
  }

  void Show(const planning::v1::Agency& agency) {
    const Quarter quarter = QuarterOf(agency.name());
    v1::AgencyProgress& shown = *response_.add_agencies();
    shown.set_agency(agency.name());
    shown.set_display_name(agency.display_name());
    shown.set_state(ToProto(quarter.state));
    shown.set_waits_for_role(std::string(WaitsForRole(quarter.state)));
    if (quarter.since.has_value()) *shown.mutable_since_time() = ToTimestamp(*quarter.since);
    if (quarter.due_time.has_value()) *shown.mutable_due_time() = ToTimestamp(*quarter.due_time);
    shown.set_overdue(IsOverdue(quarter, question_.now));
    shown.set_revision(quarter.revision);
    shown.set_late(quarter.late);
    shown.set_changed_since_approval(quarter.ChangedSinceApproval());
  }

  void ShowRegions() {
    for (const auto& [code, count] : count_.Regions()) {
      v1::RegionProgress& region = *response_.add_regions();
      region.set_region(absl::StrCat("regions/", code));
      region.set_agencies(count.agencies);
      region.set_overdue(count.overdue);
      for (const auto& [state, agencies] : count.states) {
        v1::StateCount& states = *region.add_states();
        states.set_state(ToProto(state));
        states.set_agencies(agencies);
      }
      for (const auto& [role, agencies] : count.waiting) {
        v1::RoleCount& waiting = *region.add_waiting();
        waiting.set_role(role);
        waiting.set_agencies(agencies);
      }
    }
  }

  const SubmissionView& view_;
  PlanningClient& planning_;
  const Question question_;
  const bool first_page_;
  ProgressCount count_;
  const Done done_;
  v1::GetQuarterProgressResponse response_;
  bool page_shown_ = false;
};

}  // namespace

void RealizationService::DoGetQuarterProgress(const CallPtr& call,
                                              const v1::GetQuarterProgressRequest& request,
                                              rpc::Done<v1::GetQuarterProgressResponse> done) {
  auto question = Check(request);
  if (!question.ok()) return done(question.status());
  question->now = clock_.Now();
  question->outgoing = OnBehalfOf(*call);
  std::make_shared<ProgressReading>(view_, planning_, *std::move(question), std::move(done))
      ->Start();
}

}  // namespace sakip::realization
