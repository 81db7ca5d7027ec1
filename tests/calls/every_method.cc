#include "tests/calls/every_method.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "sakip/audit/v1/audit_service.pb.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"
#include "sakip/eventlog/v1/log_admin_service.pb.h"
#include "sakip/planning/v1/code_edition_service.pb.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "sakip/planning/v1/reference_value_service.pb.h"
#include "sakip/planning/v1/scoring_policy_service.pb.h"
#include "sakip/realization/v1/evidence_service.pb.h"
#include "sakip/realization/v1/import_service.pb.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "sakip/scoring/v1/explain_service.pb.h"
#include "sakip/scoring/v1/form_service.pb.h"
#include "sakip/scoring/v1/review_service.pb.h"
#include "sakip/scoring/v1/scorecard_feed_service.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"

namespace sakip::calls {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

// The files with services. Naming them links them in.
std::vector<const FileDescriptor*> Files() {
  return {audit::v1::GetAuditEntryRequest::descriptor()->file(),
          eventlog::v1::GetHeadRequest::descriptor()->file(),
          eventlog::v1::ListBackupsRequest::descriptor()->file(),
          planning::v1::GetCodeEditionRequest::descriptor()->file(),
          planning::v1::WatchPlansRequest::descriptor()->file(),
          planning::v1::GetAgencyRequest::descriptor()->file(),
          planning::v1::ListReferenceValuesRequest::descriptor()->file(),
          planning::v1::PublishScoringPolicyRequest::descriptor()->file(),
          realization::v1::StatEvidenceRequest::descriptor()->file(),
          realization::v1::ImportSubmissionsRequest::descriptor()->file(),
          realization::v1::GetSubmissionRequest::descriptor()->file(),
          scoring::v1::ExplainFigureRequest::descriptor()->file(),
          scoring::v1::GetRenjaEvaluationRequest::descriptor()->file(),
          scoring::v1::ReviewReportRequest::descriptor()->file(),
          scoring::v1::WatchScorecardsRequest::descriptor()->file(),
          scoring::v1::GetScorecardRequest::descriptor()->file()};
}

// What a field of this name holds in the sample; by the names that requests use.
const std::map<std::string, std::string>& Samples() {
  static const auto& samples = *new std::map<std::string, std::string>{
      {"scope", "regions/35"},
      {"agency", "regions/35.09/agencies/dinsos"},
      {"scorecard", "regions/35.09/agencies/dinsos/scorecards/2023Q4"},
      {"request_id", "request-1"},
      {"import_id", "import-1"},
      {"display_name", "Dinas Sosial"},
      {"government", "Pemerintah Kabupaten Jember"},
      {"code", "SK1"},
      {"unit", "orang"},
      {"value", "60"},
      {"quantity", "15"},
      {"budget", "60979145376"},
      {"effective_date", "2023-01-01"},
      {"paths", "achievement"}};
  return samples;
}

// The name of what a request is about follows from the name of its method.
std::string NameFor(const Descriptor& request) {
  const std::string agency = "regions/35.09/agencies/dinsos";
  const std::string& method = request.name();
  if (absl::StrContains(method, "Agency")) return agency;
  if (absl::StrContains(method, "Document")) return agency + "/annualPlans/2023";
  if (absl::StrContains(method, "CodeEdition")) return "regions/35/codeEditions/nomenklatur-2021";
  if (absl::StrContains(method, "Polic")) return "regions/35/scoringPolicies/jatim";
  if (absl::StrContains(method, "Scorecard")) return agency + "/scorecards/2023Q4";
  return agency + "/submissions/2023Q1";
}

// Lists are of regions, but for those of what an agency has.
std::string ParentFor(const Descriptor& request) {
  for (const char* of_region : {"Agencies", "CodeEditions", "ReferenceValues", "Policies",
                                "Scorecards", "Submissions", "Progress"}) {
    if (absl::StrContains(request.name(), of_region)) return "regions/35.09";
  }
  return "regions/35.09/agencies/dinsos";
}

void Fill(Message& message, const std::string& name, const std::string& parent, int depth) {
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && depth > 0) {
      Fill(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                : *reflection.MutableMessage(&message, field),
           name, parent, depth - 1);
    }
    if (field->type() == FieldDescriptor::TYPE_INT32 && !field->is_repeated()) {
      if (field->name() == "year") reflection.SetInt32(&message, field, 2023);
      if (field->name() == "quarter") reflection.SetInt32(&message, field, 4);
    }
    if (field->type() != FieldDescriptor::TYPE_STRING) continue;
    const auto sample = Samples().find(field->name());
    if (field->name() != "name" && field->name() != "parent" && sample == Samples().end()) continue;
    const std::string& text = field->name() == "name"     ? name
                              : field->name() == "parent" ? parent
                                                          : sample->second;
    if (field->is_repeated()) {
      reflection.AddString(&message, field, text);
    } else {
      reflection.SetString(&message, field, text);
    }
  }
}

}  // namespace

std::vector<std::string> EveryService() {
  std::vector<std::string> names;
  for (const FileDescriptor* file : Files()) {
    for (int i = 0; i < file->service_count(); ++i) names.push_back(file->service(i)->full_name());
  }
  std::sort(names.begin(), names.end());
  return names;
}

const rpc::MethodTable& EveryMethod() {
  static const rpc::MethodTable& methods =
      *new rpc::MethodTable(rpc::MethodTable::Create(EveryService()).value());
  return methods;
}

std::unique_ptr<Message> SampleRequest(const rpc::Method& method) {
  std::unique_ptr<Message> request(
      MessageFactory::generated_factory()->GetPrototype(method.request)->New());
  Fill(*request, NameFor(*method.request), ParentFor(*method.request), 2);
  return request;
}

}  // namespace sakip::calls
