// How much of a submission has evidence. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_COVERAGE_H_
#define SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_COVERAGE_H_

#include "sakip/realization/v1/submission.pb.h"

namespace sakip::realization {

// Requires the submission with its lines.
v1::EvidenceCoverage CoverageOf(const v1::Submission& submission);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_COVERAGE_H_
