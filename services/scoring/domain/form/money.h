// The money columns (Rp) of a row of Formulir E.81.
//
// Money adds up over quarters, over years, and over the sub-activities of a node. Planning's
// strategic plans hold no money, so columns (5) and (14) have none.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_MONEY_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_MONEY_H_

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/form/cell.h"
#include "services/scoring/domain/form/periods.h"

namespace sakip::scoring::form {

// The budgets of all nodes, by year. Borrows the periods. Thread-safe once built.
class Money {
 public:
  // Requires that the latest quarter is scored.
  explicit Money(const Periods& periods);

  // Of a node of the plan in force at the latest quarter; `parts` are the codes of its
  // sub-activities.
  Half Of(Level level, const std::string& code, const std::vector<std::string>& parts) const;

  // The money of a node in the latest scorecard. Requires that it has it.
  const BudgetScore& BudgetOf(Level level, const std::string& code) const;

 private:
  // The money of a node at the end of a period.
  struct Node {
    const BudgetScore* budget = nullptr;
    bool whole = true;  // Each of its sub-activities reported.
  };
  using Nodes = std::map<std::pair<Level, std::string>, Node>;

  static Nodes NodesOf(const Scorecard& card);
  // `node` is null where the year's plan does not have it.
  static Amount RealizationOf(const Node* node, bool closed);

  // What a sub-activity spent in a quarter alone; `planned` where the plan of the quarter has it.
  Amount QuarterOf(const std::string& sub_activity, int quarter, bool planned) const;

  const Periods& periods_;
  const Nodes now_;
  std::map<int, Nodes> before_;  // Of the years that are scored.
  // By code, of the sub-activities of the latest plan.
  std::map<std::string, std::array<Amount, kQuarters>> spent_;
};

// Of the other rows of a node.
Half MoneyInFirstRow();

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_MONEY_H_
