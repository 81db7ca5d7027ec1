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

void PlanningClient::FindAgency(const std::string& agency, const rpc::OutgoingCall& outgoing,
                                Answer<planning::v1::Agency> answer) {
  planning::v1::GetAgencyRequest request;
  request.set_name(agency);
  AskPlanning<PlanningAsync, planning::v1::GetAgencyRequest, planning::v1::GetAgencyResponse>(
      *planning_->async(), &PlanningAsync::GetAgency, request, outgoing,
      [agency, outgoing, answer = std::move(answer)](auto response) {
        if (absl::IsNotFound(response.status())) return answer(AgencyNotFound(agency));
        if (!response.ok()) return answer(PlanningUnavailable(agency, outgoing, response.status()));
        answer(response->agency());
      });
}

void PlanningClient::ListAgencies(const planning::v1::ListAgenciesRequest& request,
                                  const rpc::OutgoingCall& outgoing,
                                  Answer<planning::v1::ListAgenciesResponse> answer) {
  AskPlanning<PlanningAsync, planning::v1::ListAgenciesRequest, planning::v1::ListAgenciesResponse>(
      *planning_->async(), &PlanningAsync::ListAgencies, request, outgoing,
      [parent = request.parent(), outgoing, answer = std::move(answer)](auto response) {
        if (!response.ok()) return answer(PlanningUnavailable(parent, outgoing, response.status()));
        answer(*std::move(response));
      });
}

void PlanningClient::ReadPlanInForce(const SubmissionName& quarter,
                                     const rpc::OutgoingCall& outgoing,
                                     Answer<PlanInForce> answer) {
  AskPlanning<LogAsync, eventlog::v1::GetHeadRequest, eventlog::v1::GetHeadResponse>(
      *log_->async(), &LogAsync::GetHead, {}, outgoing,
      [this, quarter, outgoing, answer = std::move(answer)](auto head) {
        if (!head.ok()) return answer(PlanningUnavailable(quarter.agency, outgoing, head.status()));
        ReadPlan(quarter, head->end_position(), outgoing, answer);
      });
}

void PlanningClient::ReadPlan(const SubmissionName& quarter, uint64_t end_position,
                              const rpc::OutgoingCall& outgoing, Answer<PlanInForce> answer) {
  planning::v1::GetDocumentRequest request;
  request.set_name(quarter.AnnualPlan());
  request.set_in_force_on(FormatDate(LastDay(quarter.period)));
  AskPlanning<PlanningAsync, planning::v1::GetDocumentRequest, planning::v1::GetDocumentResponse>(
      *planning_->async(), &PlanningAsync::GetDocument, request, outgoing,
      [this, agency = quarter.agency, end_position, outgoing,
       answer = std::move(answer)](auto response) {
        PlanInForce plan;
        plan.end_position = end_position;
        if (absl::IsNotFound(response.status())) {
          // No plan is a fact that may be recorded, of an agency that there is.
          return FindAgency(agency, outgoing, [plan, answer](const auto& found) {
            if (!found.ok()) return answer(found.status());
            answer(plan);
          });
        }
        if (!response.ok()) return answer(PlanningUnavailable(agency, outgoing, response.status()));
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
