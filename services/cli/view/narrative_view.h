// NarrativeView: what an agency said about its figures, as people read it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_NARRATIVE_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_NARRATIVE_VIEW_H_

#include <string>

#include "sakip/scoring/v1/renja_evaluation.pb.h"
#include "sakip/scoring/v1/scorecard.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// What helped, what stood in the way and what is done about it, by code, in the order of the
// scorecard; empty where nothing was said.
std::string RenderNarratives(const scoring::v1::Scorecard& card, const Screen& screen);

// The same in the order of the rows.
std::string RenderNarratives(const scoring::v1::RenjaEvaluation& form, const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_NARRATIVE_VIEW_H_
