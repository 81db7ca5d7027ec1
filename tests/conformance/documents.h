// The plans, submissions and policies of questions (README.md), as planning and realization would
// have stored them. Pure functions; a question that is none ends the program.
#ifndef SAKIP_TESTS_CONFORMANCE_DOCUMENTS_H_
#define SAKIP_TESTS_CONFORMANCE_DOCUMENTS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "common/policy/policy.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/scoring/domain/comparison.h"

namespace sakip::scoring::conformance {

using Json = nlohmann::json;

// The text under `key`.
std::string Text(const Json& object, const char* key, const std::string& otherwise = "");

// What is under `key`; nothing where it is not there. Lives as long as `object`.
const Json& Part(const Json& object, const char* key);

// Sub-activities are all in one activity of the first objective.
void SetAnnualPlan(const Json& from, int year, planning::v1::AnnualPlan& plan);

// By indicator code.
void SetActionPlan(const Json& lines, int year, planning::v1::ActionPlan& plan);

// The lines of an action plan that a plan gives with its indicators.
Json LinesOf(const Json& plan);

// Targets by indicator code and year.
void SetStrategicPlan(const Json& targets, int first_year, planning::v1::StrategicPlan& plan);

// Without its name.
realization::v1::Submission ToSubmission(const Json& from);

// A built-in policy with what the question changes of it.
Policy ToPolicy(const Json& from);

std::vector<ReferenceValue> ToReferences(const Json& references);

}  // namespace sakip::scoring::conformance

#endif  // SAKIP_TESTS_CONFORMANCE_DOCUMENTS_H_
