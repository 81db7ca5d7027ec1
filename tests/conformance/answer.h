// Scorecards and comparisons as the answers of the conformance kit (README.md). Pure functions.
#ifndef SAKIP_TESTS_CONFORMANCE_ANSWER_H_
#define SAKIP_TESTS_CONFORMANCE_ANSWER_H_

#include <nlohmann/json.hpp>

#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::conformance {

nlohmann::json ToJson(const Scorecard& scorecard);
nlohmann::json ToJson(const Comparisons& comparisons);

}  // namespace sakip::scoring::conformance

#endif  // SAKIP_TESTS_CONFORMANCE_ANSWER_H_
