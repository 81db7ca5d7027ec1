// DocumentView: agencies and plan documents as people read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_DOCUMENT_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_DOCUMENT_VIEW_H_

#include <string>
#include <vector>

#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

std::string RenderAgency(const planning::v1::Agency& agency, const Screen& screen);

// One line an agency.
std::string RenderAgencyList(const std::vector<planning::v1::Agency>& agencies,
                             const Screen& screen);

// Heading and everything that the document promises.
std::string RenderDocument(const planning::v1::PlanDocument& document, const Screen& screen);

// One line a revision.
std::string RenderRevisionList(const std::vector<planning::v1::PlanDocument>& documents,
                               const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_DOCUMENT_VIEW_H_
