// Matrix is who may do what: every RPC, called by every role from every place about every tenant.
// A cell is the code of the answer.
#ifndef SAKIP_TESTS_AUTHZ_MATRIX_H_
#define SAKIP_TESTS_AUTHZ_MATRIX_H_

#include <map>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "common/rpc/roles.h"

namespace sakip::authz {

// Where a caller stands, and what it may read there.
struct Place {
  std::string name;   // `agency`
  std::string scope;  // `regions/35.09/agencies/dinsos`
};
absl::Span<const Place> Places();

// Whose data is asked for, seen from the caller of the place `agency`.
struct Tenant {
  std::string heading;  // `sibling`
  std::string name;     // `regions/35.09/agencies/dinkes`
};
absl::Span<const Tenant> Tenants();

// The codes of one RPC for callers of one place: a row a role, a column a tenant. An RPC that
// touches no tenant's data has one column.
struct Block {
  std::string path;
  std::string place;
  std::map<rpc::Role, std::vector<std::string>> codes;
};

// Lines for people: roles with the same codes share a line.
std::string ToText(const Block& block);

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_MATRIX_H_
