// What does not fit between the nomenclature codes of an annual plan, and between them and the
// edition that the plan names.
//
// Source: domain-rules 1.9: codes come and go with editions, and a name is never a key. Pure.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_NOMENCLATURE_FINDINGS_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_NOMENCLATURE_FINDINGS_H_

#include <string>

#include "common/finding/finding.h"
#include "common/plan/plan.h"
#include "services/planning/domain/code_edition.h"

namespace sakip::planning {

// A published edition to look codes up in. `valid_to` is empty while it still holds.
struct NomenclatureEdition {
  std::string name;
  std::string valid_from;
  std::string valid_to;
  const EditionCodes& codes;
};

// Notes codes that are not below those of what they serve; and, where there is an edition, what it
// does not have, has under another name, and that it does not hold in the year of the plan.
void NoteNomenclature(const plan::AnnualPlan& plan, const NomenclatureEdition* edition,
                      Findings& findings);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_NOMENCLATURE_FINDINGS_H_
