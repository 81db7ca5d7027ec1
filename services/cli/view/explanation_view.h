// ExplanationView: how a figure came about, as a tree, in the language it was asked for. Pure but
// for what it is given to call.
#ifndef SAKIP_SERVICES_CLI_VIEW_EXPLANATION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_EXPLANATION_VIEW_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "sakip/scoring/v1/explain_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// Says whether a source is proved; not called of those in no log. Empty: nobody asks.
using ProofOf = std::function<absl::Status(const scoring::v1::EventSource&)>;

// Renders the first text of each figure and step. Below a step stands of each of its sources
// whether it is proved, where that is asked.
std::string RenderExplanation(const scoring::v1::Explanation& explanation, const ProofOf& proof_of,
                              const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_EXPLANATION_VIEW_H_
