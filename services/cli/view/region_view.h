// What a region publishes for those below it, for people: code editions and reference values. Pure
// functions.
#ifndef SAKIP_SERVICES_CLI_VIEW_REGION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_REGION_VIEW_H_

#include <string>

#include "sakip/planning/v1/code_edition_service.pb.h"
#include "sakip/planning/v1/reference_value_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// Heading and a line a code.
std::string RenderCodeEdition(const planning::v1::CodeEdition& edition, const Screen& screen);

// One line an edition.
std::string RenderCodeEditionList(const planning::v1::ListCodeEditionsResponse& list,
                                  const Screen& screen);

// The counts, then a line a row that was refused.
std::string RenderReferenceOutcomes(const planning::v1::PublishReferenceValuesResponse& response);

// One line a value.
std::string RenderReferenceValueList(const planning::v1::ListReferenceValuesResponse& list,
                                     const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_REGION_VIEW_H_
