// Tells explanations in words, as an auditor reads them: a sentence for each figure and each step.
//
// All patterns stand in tables, one row a kind with a text in each language; a row without one does
// not compile. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_TEXT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/scoring/domain/explain/explanation.h"

namespace sakip::scoring::explain {

// `sub-activity`.
absl::string_view LevelName(FigureLevel level, Language language);

// `achievement of the year`.
absl::string_view KindName(FigureKind kind, Language language);

// `Capaian tahun indikator IKU2 (Persentase PMKS): 99,78 %, final`.
std::string TitleText(const Explanation& explanation, Language language);

// `Target: 90,2 % menurut ... (log planning, posisi 4)`.
std::string StepText(const ExplainedStep& explained, Language language);

// The subjects of steps that have words of their own; any other is a code.
std::vector<absl::string_view> SubjectsWithWords();

}  // namespace sakip::scoring::explain

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_FIGURE_TEXT_H_
