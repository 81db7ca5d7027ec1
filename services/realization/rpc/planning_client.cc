#include "services/realization/rpc/planning_client.h"

#include <algorithm>
#include <utility>

#include "common/base/period.h"
#include "services/realization/domain/submit.h"
#include "services/realization/rpc/plan_directory.h"
#include "services/realization/rpc/planning_call.h"

namespace sakip::realization {

using PlanningAsync = planning::v1::PlanningService::StubInterface::async_interface;
using LogAsync = eventlog::v1::EventLogService::StubInterface::async_interface;

void PlanningClient::FindAgency(const std::string& agency, absl::Time deadline,
                                Answer<planning::v1::Agency> answer) {
  planning::v1::GetAgencyRequest request;
  request.set_name(agency);
  AskPlanning<PlanningAsync, planning::v1::GetAgencyRequest, planning::v1::GetAgencyResponse>(
      *planning_->async(), &PlanningAsync::GetAgency, request, deadline,
      [agency, answer = std::move(answer)](auto response) {
        if (absl::IsNotFound(response.status())) return answer(AgencyNotFound(agency));
        if (!response.ok()) return answer(PlanningUnavailable(agency, response.status()));
        answer(response->agency());
      });
}

void PlanningClient::ListAgencies(const planning::v1::ListAgenciesRequest& request,
                                  absl::Time deadline,
                                  Answer<planning::v1::ListAgenciesResponse> answer) {
  AskPlanning<PlanningAsync, planning::v1::ListAgenciesRequest, planning::v1::ListAgenciesResponse>(
      *planning_->async(), &PlanningAsync::ListAgencies, request, deadline,
      [parent = request.parent(), answer = std::move(answer)](auto response) {
        if (!response.ok()) return answer(PlanningUnavailable(parent, response.status()));
        answer(*std::move(response));
      });
}

void PlanningClient::ReadPlanInForce(const SubmissionName& quarter, absl::Time deadline,
                                     Answer<PlanInForce> answer) {
  AskPlanning<LogAsync, eventlog::v1::GetHeadRequest, eventlog::v1::GetHeadResponse>(
      *log_->async(), &LogAsync::GetHead, {}, deadline,
      [this, quarter, deadline, answer = std::move(answer)](auto head) {
        if (!head.ok()) return answer(PlanningUnavailable(quarter.agency, head.status()));
        ReadPlan(quarter, head->end_position(), deadline, answer);
      });
}

void PlanningClient::ReadPlan(const SubmissionName& quarter, uint64_t end_position,
                              absl::Time deadline, Answer<PlanInForce> answer) {
  planning::v1::GetDocumentRequest request;
  request.set_name(quarter.AnnualPlan());
  request.set_in_force_on(FormatDate(LastDay(quarter.period)));
  AskPlanning<PlanningAsync, planning::v1::GetDocumentRequest, planning::v1::GetDocumentResponse>(
      *planning_->async(), &PlanningAsync::GetDocument, request, deadline,
      [this, agency = quarter.agency, end_position, deadline,
       answer = std::move(answer)](auto response) {
        PlanInForce plan;
        plan.end_position = end_position;
        if (absl::IsNotFound(response.status())) {
          // No plan is a fact that may be recorded, of an agency that there is.
          return FindAgency(agency, deadline, [plan, answer](const auto& found) {
            if (!found.ok()) return answer(found.status());
            answer(plan);
          });
        }
        if (!response.ok()) return answer(PlanningUnavailable(agency, response.status()));
        const planning::v1::PlanDocument& document = response->document();
        plan.revision = document.revision();
        // The plan may have been published since the head was read: then the log up to it counts,
        // where it is in force as well.
        plan.end_position = std::max(end_position, document.log_position() + 1);
        AddCodes(document.annual_plan(), plan.codes);
        answer(std::move(plan));
      });
}

}  // namespace sakip::realization
