// RenjaEvaluationView: Formulir E.81 as people read it, in Indonesian. Pure.
//
// The form is far wider than a screen: performance and money are tables of their own, each of the
// year and of the strategic plan.
#ifndef SAKIP_SERVICES_CLI_VIEW_RENJA_EVALUATION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_RENJA_EVALUATION_VIEW_H_

#include <string>

#include "sakip/scoring/v1/renja_evaluation.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

std::string RenderRenjaEvaluation(const scoring::v1::RenjaEvaluation& form, const Screen& screen);

// The form as a table, one row a line, all columns of the form in its order: a number, or in words
// why there is none. Numbers are plain (1813.5); a unit stands where it is not that of the row.
std::string RenjaEvaluationCsv(const scoring::v1::RenjaEvaluation& form);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_RENJA_EVALUATION_VIEW_H_
