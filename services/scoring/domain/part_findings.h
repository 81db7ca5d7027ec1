// What plan and submissions tell of the money of a sub-activity by kind and source, and what is
// wrong with it.
//
// Source: design section 4 rule 12. Functions are pure but for the findings that they add to the
// context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_PART_FINDINGS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_PART_FINDINGS_H_

#include <string>
#include <vector>

#include "services/scoring/domain/budget_parts.h"
#include "services/scoring/domain/context.h"

namespace sakip::scoring {

// Rupiah by kind and source.
struct ToldParts {
  money::PartSums original;  // Of the first plan of the year.
  money::PartSums planned;   // Of the plan in force.
  money::PartSums realized;  // To date.
};

ToldParts CollectParts(const Context& context, const SubActivity& sub_activity,
                       const std::vector<Spent>& spent);

// Where the plan tells a part, and where a submission does.
std::string PlannedAt(const std::string& code, const money::PartKey& key);
std::string RealizedAt(const std::string& code, const money::PartKey& key);

// Notes parts that do not make the budget or what was spent, more spent of a part than planned, and
// parts that a plan with parts does not have. One finding of a kind names all parts: two figures of
// each, in their order.
void NoteParts(const Context& context, const SubActivity& sub_activity,
               const std::vector<Spent>& spent, const ToldParts& told, const BudgetScore& whole);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_PART_FINDINGS_H_
