// Credentials are what callers of the tests prove themselves with: a development identity, or
// tokens that an issuer of another make signed, good ones and each kind of bad one.
#ifndef SAKIP_TESTS_AUTHZ_CREDENTIALS_H_
#define SAKIP_TESTS_AUTHZ_CREDENTIALS_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/rpc/roles.h"
#include "tests/authz/call.h"
#include "tests/authz/matrix.h"

namespace sakip::authz {

// The kind that servers are to take.
inline constexpr char kGood[] = "good";

// Immutable and thread-safe.
class Credentials {
 public:
  // Development identities, all of them good, of every role.
  Credentials() = default;

  // Reads lines of kind, role, place and token, where `-` stands for no token at all. Ends the
  // process where there are none.
  explicit Credentials(const std::string& file);

  // What a call sends. Requires the role to be among `roles`.
  Headers Of(absl::string_view kind, rpc::Role role, const Place& place) const;

  // In the order of AllRoles.
  std::vector<rpc::Role> roles() const;

  // All but kGood; none of development identities.
  std::vector<std::string> bad_kinds() const;

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // Kind, role, place.

  std::map<Key, std::string> tokens_;  // Empty: development identities.
};

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_CREDENTIALS_H_
