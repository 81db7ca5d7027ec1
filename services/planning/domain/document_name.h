// Names of plan documents and what they say about the content. Values and pure functions.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_NAME_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_NAME_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

enum class DocumentKind {
  kStrategicPlan,
  kAnnualPlan,
  kPerformanceAgreement,
  kActionPlan,
  kKeyIndicatorDecree
};

struct DocumentName {
  std::string agency;  // `regions/35.09/agencies/dinsos`
  DocumentKind kind = DocumentKind::kAnnualPlan;
  int first_year = 0;
  int last_year = 0;  // The first one, but for strategic plans.
};

// `annualPlans`.
absl::string_view CollectionOf(DocumentKind kind);

// True for the collection of a kind of document.
bool IsCollection(absl::string_view collection);

// Parses `{agency}/annualPlans/2023`, `{agency}/strategicPlans/2021-2026` and so on. The status
// says what would be right, without a field path.
absl::StatusOr<DocumentName> ParseDocumentName(absl::string_view name);

// Absent where there is no content.
std::optional<DocumentKind> KindOf(const Content& content);

// First and last year of the content.
std::pair<int, int> YearsOf(const Content& content);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_DOCUMENT_NAME_H_
