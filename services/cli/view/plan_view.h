// PlanView: what becomes of a plan, how its revisions differ and what leads to what, as people read
// it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_PLAN_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_PLAN_VIEW_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "sakip/planning/v1/planning_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// One line a part, then what was found in each.
std::string RenderOutcomes(
    const planning::v1::AgencyOutcome* agency,
    const google::protobuf::RepeatedPtrField<planning::v1::DocumentOutcome>& documents,
    const Screen& screen);

// One line a value that differs.
std::string RenderDiff(const planning::v1::DiffDocumentsResponse& diff, const Screen& screen);

// One line a node, indented below what it serves.
std::string RenderCascade(const planning::v1::GetCascadeResponse& cascade, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_PLAN_VIEW_H_
