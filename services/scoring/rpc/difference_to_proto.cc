#include "services/scoring/rpc/difference_to_proto.h"

#include "common/finding/proto/finding_to_proto.h"
#include "services/scoring/domain/review/comparison.h"
#include "services/scoring/domain/review/sources.h"
#include "services/scoring/rpc/step_to_proto.h"

namespace sakip::scoring {

v1::ReportDifference ToProto(const review::Difference& difference) {
  v1::ReportDifference to;
  *to.mutable_finding() = ToProto(difference.finding);
  to.set_table(difference.table);
  to.set_row(difference.figure.row);
  to.set_column(difference.figure.column);
  to.set_place(difference.figure.place);
  to.set_printed(difference.figure.printed);
  to.set_unit(difference.unit);
  const int digits = difference.digits;
  if (difference.printed.has_value()) {
    to.set_printed_value(difference.printed->Rounded(digits));
  }
  to.set_computed_exact(difference.words);
  if (difference.computed.has_value()) {
    const Rational& computed = *difference.computed;
    to.set_computed_exact(computed.ToFraction());
    to.set_computed_digits(review::DigitsText(computed));
    to.set_rounded(computed.Rounded(digits));
    to.set_truncated(review::TruncatedValue(computed, digits).Rounded(digits));
  }
  for (const Step& step : difference.derivation) *to.add_derivation() = ToProto(step);
  return to;
}

}  // namespace sakip::scoring
