#include "common/finding/proto/finding_to_proto.h"

namespace sakip {
namespace {

types::v1::Finding::Severity ToProto(Finding::Severity severity) {
  switch (severity) {
    case Finding::Severity::kInfo:
      return types::v1::Finding::SEVERITY_INFO;
    case Finding::Severity::kWarning:
      return types::v1::Finding::SEVERITY_WARNING;
    case Finding::Severity::kError:
      return types::v1::Finding::SEVERITY_ERROR;
  }
  return types::v1::Finding::SEVERITY_UNSPECIFIED;
}

}  // namespace

types::v1::Finding ToProto(const Finding& finding) {
  types::v1::Finding to;
  to.set_code(finding.code);
  to.set_severity(ToProto(finding.severity));
  to.set_subject(finding.subject);
  to.set_message(finding.message);
  to.set_message_id(finding.message_indonesian);
  for (const FindingFigure& figure : finding.figures) {
    types::v1::FindingFigure& message = *to.add_figures();
    message.set_value(figure.value);
    message.set_location(figure.location);
  }
  return to;
}

}  // namespace sakip
