#include "services/planning/rpc/sent_plan.h"

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/message/digest.h"
#include "common/message/text_check.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/field_check.h"
#include "services/planning/rpc/convert.h"
#include "services/planning/rpc/kept_findings.h"

namespace sakip::planning {
namespace {

// Leaves room for changes after an agency came with a revision from elsewhere.
constexpr uint32_t kAgencyRevisionMax = 1'000'000;
constexpr size_t kTextCharactersMax = 2000;
constexpr size_t kDocumentBytesMax = 3'500'000;
constexpr size_t kAnswerBytesMax = 4 << 20;
constexpr size_t kServerFieldsBytesMax = 64 << 10;
static_assert(kDocumentBytesMax + kFindingsBytesMax + kServerFieldsBytesMax < kAnswerBytesMax,
              "a document and what is found in it are read in one answer");
// As much as RegisterAgency takes.
constexpr size_t kAgencyBytesMax = 262'144;

}  // namespace

v1::PlanDocument AsSent(const v1::PlanDocument& document) {
  v1::PlanDocument sent = document;
  sent.clear_revision();
  sent.clear_publish_time();
  sent.clear_publisher();
  sent.clear_content_digest();
  sent.clear_log_position();
  sent.clear_findings();
  return sent;
}

std::string ContentDigest(const v1::PlanDocument& document) {
  v1::PlanDocument content = document;
  const google::protobuf::Descriptor& type = *content.GetDescriptor();
  const google::protobuf::OneofDescriptor* kept = type.FindOneofByName("content");
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->containing_oneof() == kept) continue;
    content.GetReflection()->ClearField(&content, type.field(i));
  }
  return HexDigest(content);
}

void CheckPublishable(const v1::PlanDocument& document, const std::string& path,
                      FieldErrors& errors) {
  FieldErrors fields;
  if (document.ByteSizeLong() > kDocumentBytesMax) {
    errors.Add(
        path, absl::StrCat("has ", document.ByteSizeLong(), " bytes; at most ", kDocumentBytesMax));
  }
  CheckDocument(ToDocument(document), path, fields);
  // Texts that have a rule of their own are named by it.
  if (fields.empty()) CheckTexts(AsSent(document), path, kTextCharactersMax, fields);
  errors.AddAll(fields);
}

void CheckPublishable(const v1::Agency& agency, FieldErrors& errors) {
  FieldErrors fields;
  if (agency.ByteSizeLong() > kAgencyBytesMax) {
    errors.Add("agency",
               absl::StrCat("has ", agency.ByteSizeLong(), " bytes; at most ", kAgencyBytesMax));
  }
  CheckAgency(ToAgency(agency), fields);
  if (fields.empty()) CheckTexts(agency, "agency", kTextCharactersMax, fields);
  errors.AddAll(fields);
}

absl::Status CheckPlan(const v1::PublishPlanRequest& request) {
  FieldErrors errors;
  const auto parent = ParseAgencyName(request.parent());
  if (!parent.ok()) errors.Add("parent", parent.status().message());
  if (request.has_agency()) {
    CheckPublishable(request.agency(), errors);
    if (request.agency().name() != request.parent()) {
      errors.Add("agency.name", "is not the agency in parent");
    }
    const uint32_t revision = request.agency().revision();
    if (revision == 0 || revision > kAgencyRevisionMax) {
      errors.Add("agency.revision", absl::StrCat("is ", revision, "; 1 for a new agency, at most ",
                                                 kAgencyRevisionMax));
    }
  }
  for (int i = 0; i < request.documents_size(); ++i) {
    const v1::PlanDocument& document = request.documents(i);
    const std::string path = absl::StrCat("documents", Index(static_cast<size_t>(i)));
    CheckPublishable(document, path, errors);
    if (AgencyOf(document.name()) != request.parent()) {
      errors.Add(path + ".name", "is of another agency than parent");
    }
    if (document.revision() == 0) {
      errors.Add(path + ".revision", "is missing; the revision that it is to be, from 1");
    }
  }
  return errors.ToStatus();
}

}  // namespace sakip::planning
