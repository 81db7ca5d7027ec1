// The submissions that a scorecard was computed from, when they came, and what is wrong with them.
//
// Source: design section 4 rules 12 and 13. Pure functions, but for the findings that they add.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SOURCES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SOURCES_H_

#include <vector>

#include "common/finding/finding.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// Those of the year up to the quarter that count.
std::vector<SubmissionRef> CiteSubmissions(const YearSubmissions& submissions, Period period);

// When the quarters of the year up to this one were due and submitted.
std::vector<QuarterTimes> TimesOf(const YearSubmissions& submissions, Period period);

// Adds a finding for each quarter up to this one whose content is not the one that was approved, or
// that came late.
void NoteWorkflow(const YearSubmissions& submissions, Period period, Findings& findings);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SOURCES_H_
