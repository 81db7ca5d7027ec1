// The head of a form: what a scorecard says about itself, without its figures. Pure.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_HEAD_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_HEAD_H_

#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring::form {

inline Scorecard HeadOf(const Scorecard& card) {
  Scorecard head;
  head.agency = card.agency;
  head.agency_display_name = card.agency_display_name;
  head.period = card.period;
  head.closed = card.closed;
  head.basis = card.basis;
  head.policy = card.policy;
  head.region_policy = card.region_policy;
  head.documents = card.documents;
  head.submissions = card.submissions;
  return head;
}

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_HEAD_H_
