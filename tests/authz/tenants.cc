#include "tests/authz/tenants.h"

#include <fstream>

#include "absl/strings/strip.h"
#include "common/base/log.h"
#include "common/base/resource_name.h"

namespace sakip::authz {
namespace {

constexpr absl::string_view kMark = "canary-";
constexpr size_t kCanaryBytes = kMark.size() + 32;

}  // namespace

std::string CanaryTenant::region() const { return "regions/" + ParseAgencyName(name)->region; }

Tenants::Tenants(const std::string& file) {
  std::ifstream lines(file);
  CanaryTenant tenant;
  while (lines >> tenant.name >> tenant.canary) {
    SAKIP_CHECK(ParseAgencyName(tenant.name).ok() && tenant.canary.size() == kCanaryBytes);
    name_by_canary_[tenant.canary] = tenant.name;
    tenants_.push_back(tenant);
  }
  SAKIP_CHECK(!tenants_.empty());
}

std::vector<std::string> Tenants::FoundIn(absl::string_view text) const {
  std::vector<std::string> found;
  for (size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at + 1)) {
    const auto tenant = name_by_canary_.find(std::string(text.substr(at, kCanaryBytes)));
    if (tenant != name_by_canary_.end()) found.push_back(tenant->second);
  }
  return found;
}

}  // namespace sakip::authz
