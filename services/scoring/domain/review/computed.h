// Computed is what a figure should be, and how that came about.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTED_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTED_H_

#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/review/report_index.h"
#include "services/scoring/domain/review/sources.h"

namespace sakip::scoring::review {

// A quotient with a divisor other than the claimed one.
struct OtherBase {
  Rational value;
  SourceFigure divisor;
  Derivation derivation;
};

// What a figure should be.
struct Computed {
  // Absent where it is words, is not there, or cannot be computed.
  std::optional<Rational> value;
  bool there = true;
  std::vector<std::string> words;  // How it may be said, where it is words.

  // A computed number may be printed rounded; a stated one may not, and `stated_digits` are the
  // decimals that it is printed with where it stands, if it is of the report.
  bool stated = false;
  std::optional<int> stated_digits;
  bool upper_bound = false;  // The figure may be less.

  bool missed = false;                   // The target was missed, which rounding must not hide.
  bool rated = false;                    // It has a rating, which rounding must not better.
  std::optional<Rational> from_printed;  // Computed from figures as printed.
  std::vector<OtherBase> other_bases;
  bool from_own_table = false;  // All that it was computed from stands in the figure's own table.

  std::string unit;
  std::string text;      // As people read it: `61.818181818181 %`, `NOT_DUE`, `0 / 0 x 100`.
  std::string formula;   // With the numbers filled in; empty where nothing was computed.
  std::string location;  // Where it stands, or what it was computed from.
  Derivation derivation;
};

// A step that gives `value`, or none, to the column of `from`.
Step MakeStep(Step::Kind kind, const PrintedCell& from, const std::string& formula,
              const std::optional<Rational>& value, const std::string& unit,
              PhraseCode note = PhraseCode::kNone);

// Sets the text of what was computed, and ends its derivation with the formula as a step of `kind`.
void Finish(const PrintedCell& from, Step::Kind kind, Computed& computed);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTED_H_
