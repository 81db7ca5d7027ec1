#include "services/cli/session/retryable_methods.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "sakip/audit/v1/audit_service.pb.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"
#include "sakip/planning/v1/code_edition_service.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "sakip/planning/v1/reference_value_service.pb.h"
#include "sakip/planning/v1/scoring_policy_service.pb.h"
#include "sakip/realization/v1/evidence_service.pb.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "sakip/scoring/v1/explain_service.pb.h"
#include "sakip/scoring/v1/form_service.pb.h"
#include "sakip/scoring/v1/review_service.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"

namespace sakip::cli {

std::vector<std::string> RetryableMethods() {
  const google::protobuf::FileDescriptor* files[] = {
      planning::v1::GetAgencyRequest::descriptor()->file(),
      planning::v1::GetCodeEditionRequest::descriptor()->file(),
      planning::v1::ListReferenceValuesRequest::descriptor()->file(),
      planning::v1::PublishScoringPolicyRequest::descriptor()->file(),
      realization::v1::GetSubmissionRequest::descriptor()->file(),
      realization::v1::StatEvidenceRequest::descriptor()->file(),
      scoring::v1::GetScorecardRequest::descriptor()->file(),
      scoring::v1::GetRenjaEvaluationRequest::descriptor()->file(),
      scoring::v1::ReviewReportRequest::descriptor()->file(),
      scoring::v1::ExplainFigureRequest::descriptor()->file(),
      audit::v1::GetAuditEntryRequest::descriptor()->file(),
      eventlog::v1::GetHeadRequest::descriptor()->file()};
  std::vector<std::string> methods;
  for (const auto* file : files) {
    for (int s = 0; s < file->service_count(); ++s) {
      const google::protobuf::ServiceDescriptor& service = *file->service(s);
      for (int m = 0; m < service.method_count(); ++m) {
        const google::protobuf::MethodDescriptor& method = *service.method(m);
        if (method.client_streaming() || method.server_streaming()) continue;
        methods.push_back(absl::StrCat(service.full_name(), "/", method.name()));
      }
    }
  }
  return methods;
}

}  // namespace sakip::cli
