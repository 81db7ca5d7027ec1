#include "services/scoring/domain/review/computation.h"

#include "services/scoring/domain/review/aggregate.h"
#include "services/scoring/domain/review/quotient.h"

namespace sakip::scoring::review {
namespace {

Computed FromSource(const SourceFigure& source) {
  Computed result;
  result.value = source.value;
  result.there = source.there;
  result.words = source.words;
  result.stated = !source.computed;
  result.stated_digits = source.digits;
  result.missed = source.missed;
  result.rated = source.rated;
  result.unit = source.unit;
  result.text = source.text;
  result.location = source.location;
  result.derivation = source.derivation;
  return result;
}

class Computer {
 public:
  Computer(const Sources& sources, const PrintedCell& from) : sources_(sources), from_(from) {}

  Computed operator()(const Equals& equals) const {
    return FromSource(sources_.Find(from_, equals.source));
  }
  Computed operator()(const AtMost& most) const {
    Computed result = FromSource(sources_.Find(from_, most.source));
    result.upper_bound = true;
    return result;
  }
  Computed operator()(const Quotient& quotient) const {
    return ComputeQuotient(sources_, from_, quotient);
  }
  Computed operator()(const Sum& sum) const { return ComputeSum(sources_, from_, sum); }
  Computed operator()(const Mean& mean) const { return ComputeMean(sources_, from_, mean); }
  Computed operator()(const Count& count) const { return ComputeCount(sources_, from_, count); }

 private:
  const Sources& sources_;
  const PrintedCell& from_;
};

}  // namespace

Computed Compute(const Sources& sources, const PrintedCell& from, const Claim& claim) {
  return std::visit(Computer(sources, from), claim.what);
}

}  // namespace sakip::scoring::review
