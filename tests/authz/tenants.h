// Tenants of a running suite, each with a canary: a word in all that it brought, which nobody but
// those above it may ever see.
#ifndef SAKIP_TESTS_AUTHZ_TENANTS_H_
#define SAKIP_TESTS_AUTHZ_TENANTS_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::authz {

struct CanaryTenant {
  std::string name;    // `regions/35.09/agencies/dinsos`
  std::string canary;  // `canary-` and 32 hexadecimal digits

  std::string region() const;  // `regions/35.09`
};

// Immutable and thread-safe once it is loaded.
class Tenants {
 public:
  // Reads lines of name and canary; ends the process where there are none.
  explicit Tenants(const std::string& file);

  const std::vector<CanaryTenant>& all() const { return tenants_; }

  // Names of tenants whose canary stands in `text`.
  std::vector<std::string> FoundIn(absl::string_view text) const;

 private:
  std::vector<CanaryTenant> tenants_;
  std::unordered_map<std::string, std::string> name_by_canary_;
};

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_TENANTS_H_
