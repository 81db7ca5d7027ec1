// Opening, closing and reopening a quarter.

#include <utility>

#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/message/timestamp.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/check_step.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/planning_call.h"
#include "services/realization/rpc/realization_service.h"

namespace sakip::realization {
namespace {

template <typename Strings>
void Assign(std::vector<std::string> codes, Strings& to) {
  to.Assign(std::make_move_iterator(codes.begin()), std::make_move_iterator(codes.end()));
}

}  // namespace

void RealizationService::DoOpenQuarter(const CallPtr& call, const v1::OpenQuarterRequest& request,
                                       rpc::Done<v1::OpenQuarterResponse> done) {
  FieldErrors errors;
  CheckName(request.name(), errors);
  const absl::Time due_time = FromTimestamp(request.due_time());
  CheckDueTime(request.has_due_time(), due_time, errors);
  CheckWords("reason", request.reason(), /*required=*/false, errors);
  if (!errors.empty()) return done(errors.ToStatus());
  auto decide = [name = request.name(), due_time, reason = request.reason()](
                    const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    RETURN_IF_ERROR(CheckOpening(name, quarter, reason));
    v1::QuarterOpened event;
    event.set_name(name);
    *event.mutable_due_time() = ToTimestamp(due_time);
    event.set_reason(reason);
    return eventlog::MakeEvent(event);
  };
  if (steps_.AnswerRepeat(*call, request.name(), request.request_id(), StepDigest(request), done)) {
    return;
  }
  // Nothing else would stop a quarter of an agency that does not exist.
  planning_.FindAgency(std::string(AgencyOf(request.name())), OnBehalfOf(*call),
                       [this, call, &request, decide, done](const auto& agency) {
                         if (!agency.ok()) return done(agency.status());
                         steps_.Take(call, request, decide, done);
                       });
}

void RealizationService::DoCloseQuarter(const CallPtr& call, const v1::CloseQuarterRequest& request,
                                        rpc::Done<v1::CloseQuarterResponse> done) {
  const auto name = ParseSubmissionName(request.name());
  if (!name.ok()) return done(InvalidField("name", name.status().message()));
  // Looked at before the repeat: what closed it may have been this very request.
  const absl::Status allowed =
      CheckStep(request.name(), view_.FindQuarter(request.name()), Step::kClose);
  if (steps_.AnswerRepeat(*call, request.name(), request.request_id(), StepDigest(request), done)) {
    return;
  }
  if (!allowed.ok()) return done(allowed);
  planning_.ReadPlanInForce(
      *name, OnBehalfOf(*call), [this, call, &request, done](absl::StatusOr<PlanInForce> plan) {
        if (!plan.ok()) return done(plan.status());
        auto decide = [this, name = request.name(), plan = *std::move(plan)](
                          const Quarter& quarter) { return DecideClose(name, plan, quarter); };
        steps_.Take(call, request, std::move(decide), done);
      });
}

absl::StatusOr<eventlog::NewEvent> RealizationService::DecideClose(const std::string& name,
                                                                   const PlanInForce& plan,
                                                                   const Quarter& quarter) const {
  RETURN_IF_ERROR(CheckStep(name, quarter, Step::kClose));
  PlanCodes submitted;
  if (quarter.revision > 0) {
    ASSIGN_OR_RETURN(const v1::Submission latest, steps_.ReadSubmission(quarter));
    submitted = CodesOf(ToSubmission(latest));
  }
  v1::QuarterClosed event;
  event.set_name(name);
  v1::Close& close = *event.mutable_close();
  close.set_state(ToProto(quarter.state));
  close.set_revision(quarter.revision);
  close.set_annual_plan_revision(plan.revision);
  close.set_planning_end_position(plan.end_position);
  Assign(MissingCodes(plan.codes.indicators, submitted.indicators),
         *close.mutable_missing_indicator_codes());
  Assign(MissingCodes(plan.codes.sub_activities, submitted.sub_activities),
         *close.mutable_missing_sub_activity_codes());
  return eventlog::MakeEvent(event);
}

void RealizationService::DoReopenQuarter(const CallPtr& call,
                                         const v1::ReopenQuarterRequest& request,
                                         rpc::Done<v1::ReopenQuarterResponse> done) {
  FieldErrors errors;
  CheckName(request.name(), errors);
  CheckWords("reason", request.reason(), /*required=*/true, errors);
  if (!errors.empty()) return done(errors.ToStatus());
  auto decide = [name = request.name(), reason = request.reason()](
                    const Quarter& quarter) -> absl::StatusOr<eventlog::NewEvent> {
    RETURN_IF_ERROR(CheckStep(name, quarter, Step::kReopen));
    v1::QuarterReopened event;
    event.set_name(name);
    event.set_reason(reason);
    return eventlog::MakeEvent(event);
  };
  steps_.Take(call, request, std::move(decide), std::move(done));
}

}  // namespace sakip::realization
