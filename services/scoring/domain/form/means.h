// The foot of Formulir E.81: the mean achievement of each level and its predikat.
//
// Source: Permendagri 86/2017, whose own scale rates the means; which rows are averaged the form
// does not say, and regional monitoring differs: here the rows of one level, for an outcome and an
// output have no mean. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_MEANS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_MEANS_H_

#include <vector>

#include "services/scoring/domain/form/money.h"
#include "services/scoring/domain/form/renja_evaluation.h"

namespace sakip::scoring::form {

// `digits` are those that means are printed with; `closed` where no more can be submitted. Levels
// without an indicator are left out.
std::vector<LevelMeans> MeansOf(const std::vector<Row>& rows, const Money& money, int digits,
                                bool closed);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_MEANS_H_
