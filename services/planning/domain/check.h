// Checks what is to be registered or published: every wrong field is named, by its path in the
// message, with what would be right. What these accept can be scored.
//
// Only what is wrong whatever else is stored is refused here. Documents that contradict each other
// are published as they were signed; scoring reports it as findings.
// Pure functions.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_CHECK_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_CHECK_H_

#include <string>

#include "common/base/error.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

// Adds what is wrong, with paths that begin with `agency`.
void CheckAgency(const Agency& agency, FieldErrors& errors);

// Adds what is wrong, with paths that begin with `path`.
void CheckDocument(const Document& document, const std::string& path, FieldErrors& errors);

// The parts of CheckDocument. `path` is that of the content.
void CheckStrategicPlan(const StrategicPlan& plan, const std::string& path, FieldErrors& errors);
void CheckAnnualPlan(const AnnualPlan& plan, const std::string& path, FieldErrors& errors);
void CheckAgreement(const PerformanceAgreement& agreement, const std::string& path,
                    FieldErrors& errors);
void CheckActionPlan(const ActionPlan& plan, const std::string& path, FieldErrors& errors);
void CheckDecree(const KeyIndicatorDecree& decree, const std::string& path, FieldErrors& errors);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_CHECK_H_
