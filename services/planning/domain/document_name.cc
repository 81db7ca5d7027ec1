#include "services/planning/domain/document_name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"

namespace sakip::planning {
namespace {

constexpr std::array kKinds = {DocumentKind::kStrategicPlan, DocumentKind::kAnnualPlan,
                               DocumentKind::kPerformanceAgreement, DocumentKind::kActionPlan,
                               DocumentKind::kKeyIndicatorDecree};

struct Years {
  std::pair<int, int> operator()(const std::monostate&) const { return {0, 0}; }
  std::pair<int, int> operator()(const StrategicPlan& plan) const {
    return {plan.first_year, plan.last_year};
  }
  template <typename OneYear>
  std::pair<int, int> operator()(const OneYear& content) const {
    return {content.year, content.year};
  }
};

}  // namespace

absl::string_view CollectionOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kStrategicPlan:
      return "strategicPlans";
    case DocumentKind::kAnnualPlan:
      return "annualPlans";
    case DocumentKind::kPerformanceAgreement:
      return "performanceAgreements";
    case DocumentKind::kActionPlan:
      return "actionPlans";
    case DocumentKind::kKeyIndicatorDecree:
      break;
  }
  return "keyIndicatorDecrees";
}

bool IsCollection(absl::string_view collection) {
  return std::any_of(kKinds.begin(), kKinds.end(),
                     [&](DocumentKind kind) { return CollectionOf(kind) == collection; });
}

absl::StatusOr<DocumentName> ParseDocumentName(absl::string_view name) {
  ASSIGN_OR_RETURN(const ResourceName parts, ParseResourceName(name));
  for (const DocumentKind kind : kKinds) {
    if (parts.collection != CollectionOf(kind)) continue;
    const std::vector<absl::string_view> years = absl::StrSplit(parts.id, '-');
    const size_t expected = kind == DocumentKind::kStrategicPlan ? 2 : 1;
    const auto first = ParseYear(years.front());
    const auto last = ParseYear(years.back());
    if (years.size() != expected || !first.ok() || !last.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("ends with no year; ", parts.AgencyName(), "/",
                                                     parts.collection,
                                                     expected == 2 ? "/2021-2026" : "/2023"));
    }
    return DocumentName{parts.AgencyName(), kind, *first, *last};
  }
  return absl::InvalidArgumentError(
      "is no document; {agency}/strategicPlans/2021-2026, {agency}/annualPlans/2023, "
      "{agency}/performanceAgreements/2023, {agency}/actionPlans/2023 or "
      "{agency}/keyIndicatorDecrees/2023");
}

std::optional<DocumentKind> KindOf(const Content& content) {
  if (std::holds_alternative<StrategicPlan>(content)) return DocumentKind::kStrategicPlan;
  if (std::holds_alternative<AnnualPlan>(content)) return DocumentKind::kAnnualPlan;
  if (std::holds_alternative<PerformanceAgreement>(content)) {
    return DocumentKind::kPerformanceAgreement;
  }
  if (std::holds_alternative<ActionPlan>(content)) return DocumentKind::kActionPlan;
  if (std::holds_alternative<KeyIndicatorDecree>(content)) return DocumentKind::kKeyIndicatorDecree;
  return std::nullopt;
}

std::pair<int, int> YearsOf(const Content& content) { return std::visit(Years(), content); }

}  // namespace sakip::planning
