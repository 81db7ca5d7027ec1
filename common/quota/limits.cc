#include "common/quota/limits.h"

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"

namespace sakip::quota {

absl::string_view NameOf(PayerKind kind) {
  switch (kind) {
    case PayerKind::kAgency:
      return "agency";
    case PayerKind::kRegion:
      return "region";
    case PayerKind::kCaller:
      return "caller";
    case PayerKind::kService:
      return "service";
    case PayerKind::kOperator:
      return "operator";
  }
  return "";
}

absl::string_view NameOf(Limit limit) {
  switch (limit) {
    case Limit::kCost:
      return "cost_per_second";
    case Limit::kBytes:
      return "bytes_per_second";
    case Limit::kStreams:
      return "streams";
    case Limit::kCalls:
      return "calls_in_flight";
  }
  return "";
}

std::string Payer::FullName() const {
  const bool is_tenant = kind == PayerKind::kAgency || kind == PayerKind::kRegion;
  return is_tenant ? name : absl::StrCat("callers/", name);
}

Payer TenantPayer(absl::string_view tenant) {
  const bool is_agency = !AgencyOf(tenant).empty();
  return {is_agency ? PayerKind::kAgency : PayerKind::kRegion, std::string(tenant)};
}

}  // namespace sakip::quota
