// Derivation is what led to a figure, step by step; or nothing, where nobody reads it.
//
// A list over a region reads thousands of figures and none of their steps, which cost several times
// what the figures do. So whoever asks for a scorecard says whether it comes with steps, every
// derivation of it knows, and a step that is left out is never put into words. Figures do not
// depend on it. Values; thread-safe as any values are.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_DERIVATION_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_DERIVATION_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/phrase.h"

namespace sakip::scoring {

struct Step {
  enum class Kind { kInput, kAggregation, kFormula, kClamp, kMean, kRounding, kRating, kState };

  Kind kind = Kind::kInput;
  std::string subject;     // `target`, `realization`, `achievement`, `rating`, ...
  std::string expression;  // `90 / 90.2 x 100`; empty where `words` take its place.
  std::string result;      // `45000/451`
  std::string unit;
  std::string source = {};    // Of an input: versioned document or submission, and path.
  uint64_t log_position = 0;  // Of an input.
  Phrase note = {};
  Phrase words = {};  // `no number`
};

// A step that decides a state.
inline Step StateStep(std::string subject, Phrase words, Phrase note = {}) {
  Step step;
  step.kind = Step::Kind::kState;
  step.subject = std::move(subject);
  step.words = std::move(words);
  step.note = std::move(note);
  return step;
}

// Whether figures come with their derivations.
enum class Derivations { kKept, kLeftOut };

class Derivation {
 public:
  Derivation() = default;  // Keeps its steps.
  explicit Derivation(Derivations derivations) : kept_(derivations == Derivations::kKept) {}
  Derivation(std::initializer_list<Step> steps) : steps_(steps) {}

  // Adds the step that `make()` returns; it is not called where steps are left out.
  template <std::invocable Make>
  void Add(const Make& make) {
    if (kept_) steps_.push_back(make());
  }
  // Adds a step that is there already.
  void Add(Step step) {
    if (kept_) steps_.push_back(std::move(step));
  }
  void Append(const Derivation& other) {
    if (kept_) steps_.insert(steps_.end(), other.steps_.begin(), other.steps_.end());
  }

  bool empty() const { return steps_.empty(); }
  size_t size() const { return steps_.size(); }
  const Step& operator[](size_t i) const { return steps_[i]; }
  const Step& front() const { return steps_.front(); }
  const Step& back() const { return steps_.back(); }
  auto begin() const { return steps_.begin(); }
  auto end() const { return steps_.end(); }

  // Where they are to be changed.
  std::vector<Step>& steps() { return steps_; }

 private:
  bool kept_ = true;
  std::vector<Step> steps_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_DERIVATION_H_
