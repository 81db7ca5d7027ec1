// Explanation tells how a figure of a scorecard came about: a tree of figures with their steps,
// down to the events that they rest on.
//
// Source: design section 4 rule 4 (every rounding stands in the derivation) and section 1. Values
// and pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPLANATION_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPLANATION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/scoring/domain/explain/figure_index.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::explain {

// The log that an event is in.
enum class Log {
  kNone,  // The value is of a built-in policy.
  kPlanning,
  kRealization
};

// A value in an event.
struct EventSource {
  Log log = Log::kNone;
  uint64_t log_position = 0;
  std::string name;
  uint32_t revision = 0;  // 0 of a policy.
  std::string path;
  std::string value;
  std::string unit;
};

struct ExplainedStep {
  Step step;
  std::vector<EventSource> sources;
};

struct Explanation {
  FigureKey key;
  std::string name;
  Figure figure;
  std::string rating;  // Of a rating.
  std::vector<ExplainedStep> steps;
  std::vector<Explanation> children;
  bool left_out = false;  // The last two are, and the name.
};

// The deepest that a tree can be: agency, objective, program, activity, sub-activity, indicator.
inline constexpr int kDepthMax = 6;
inline constexpr size_t kFiguresMax = 1000;
// Of the text of all steps; a step has about as much again in each language.
inline constexpr size_t kStepBytesMax = 512 * 1024;

struct Bounds {
  int depth = kDepthMax;  // Levels of figures below the one asked for.
  size_t figures = kFiguresMax;
  size_t step_bytes = kStepBytesMax;
};

// What a scorecard was computed from, beside the events that its steps name.
struct Basics {
  const Scorecard& scorecard;
  const Policy& policy;
  const AnnualPlan& plan;  // In force at the end of the quarter: it has the weights.
};

// The explanation of `key`, the figure itself always, and below it those that are nearest to it as
// far as `bounds` allow.
//
//   INVALID_ARGUMENT  INVALID_FIELD at `figure.code` or `figure.kind`: the scorecard has no such
//                     figure.
absl::StatusOr<Explanation> Explain(const Basics& basics, const FigureKey& key,
                                    const Bounds& bounds);

}  // namespace sakip::scoring::explain

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_EXPLANATION_H_
