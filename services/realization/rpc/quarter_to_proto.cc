#include "services/realization/rpc/quarter_to_proto.h"

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/message/timestamp.h"
#include "common/rpc/authorize.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "services/realization/store/quarter_record.h"

namespace sakip::realization {
namespace {

const char* MethodOf(Step step) {
  switch (step) {
    case Step::kOpen:
      return "OpenQuarter";
    case Step::kSubmit:
      return "SubmitQuarter";
    case Step::kVerify:
      return "VerifySubmission";
    case Step::kReturn:
      return "ReturnSubmission";
    case Step::kApprove:
      return "ApproveSubmission";
    case Step::kClose:
      return "CloseQuarter";
    case Step::kReopen:
      return "ReopenQuarter";
  }
  return "";
}

}  // namespace

v1::Step ToProto(Step step) {
  switch (step) {
    case Step::kOpen:
      return v1::STEP_OPEN;
    case Step::kSubmit:
      return v1::STEP_SUBMIT;
    case Step::kVerify:
      return v1::STEP_VERIFY;
    case Step::kReturn:
      return v1::STEP_RETURN;
    case Step::kApprove:
      return v1::STEP_APPROVE;
    case Step::kClose:
      return v1::STEP_CLOSE;
    case Step::kReopen:
      return v1::STEP_REOPEN;
  }
  return v1::STEP_UNSPECIFIED;
}

v1::Quarter ToProto(const std::string& name, const Quarter& quarter) {
  v1::Quarter result;
  result.set_name(name);
  result.set_state(ToProto(quarter.state));
  result.set_reopened(quarter.reopened);
  if (quarter.due_time.has_value()) *result.mutable_due_time() = ToTimestamp(*quarter.due_time);
  result.set_revision(quarter.revision);
  result.set_content_digest(quarter.content_digest);
  result.set_late(quarter.late);
  result.set_approved_revision(quarter.approved_revision);
  result.set_approved_content_digest(quarter.approved_digest);
  result.set_approver(quarter.approver);
  result.set_changed_since_approval(quarter.ChangedSinceApproval());
  return result;
}

v1::StepTaken ToProto(const QuarterEvent& event) {
  v1::StepTaken result;
  result.set_step(ToProto(event.step));
  *result.mutable_time() = ToTimestamp(event.time);
  result.set_actor(event.actor);
  result.set_log_position(event.position);
  result.set_revision(event.revision);
  result.set_content_digest(event.content_digest);
  result.set_note(event.note);
  if (event.step == Step::kOpen) *result.mutable_due_time() = ToTimestamp(event.due_time);
  result.set_late(event.late);
  result.set_changed_since_approval(event.changed_since_approval);
  return result;
}

void AddNextSteps(const rpc::MethodTable& methods, const rpc::Call& call, State state,
                  google::protobuf::RepeatedPtrField<v1::NextStep>& next_steps) {
  for (const Step step : AllowedSteps(state)) {
    const rpc::Method* method = methods.FindByPath(
        absl::StrCat("/sakip.realization.v1.RealizationService/", MethodOf(step)));
    SAKIP_CHECK(method != nullptr);
    v1::NextStep& next = *next_steps.Add();
    next.set_step(ToProto(step));
    next.set_permission(method->permission);
    next.set_permitted(
        rpc::AuthorizeTenant(call.principal(), method->permission, call.tenant()).ok());
  }
}

}  // namespace sakip::realization
