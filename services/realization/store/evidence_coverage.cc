#include "services/realization/store/evidence_coverage.h"

namespace sakip::realization {

v1::EvidenceCoverage CoverageOf(const v1::Submission& submission) {
  v1::EvidenceCoverage coverage;
  const auto count = [&](const auto& lines) {
    for (const auto& line : lines) {
      coverage.set_lines(coverage.lines() + 1);
      if (line.evidence().empty()) continue;
      coverage.set_lines_with_evidence(coverage.lines_with_evidence() + 1);
    }
  };
  count(submission.indicators());
  count(submission.budgets());
  count(submission.objectives());
  return coverage;
}

}  // namespace sakip::realization
