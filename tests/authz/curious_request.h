// CuriousRequest is what somebody would send who looks for what is not his: well-formed, and every
// field that can name something names something of anyone.
#ifndef SAKIP_TESTS_AUTHZ_CURIOUS_REQUEST_H_
#define SAKIP_TESTS_AUTHZ_CURIOUS_REQUEST_H_

#include <random>
#include <string>

#include "tests/authz/inventory.h"
#include "tests/authz/tenants.h"

namespace sakip::authz {

// Makes requests from one random sequence. Not thread-safe.
class CuriousRequests {
 public:
  CuriousRequests(const Inventory& inventory, const Tenants& tenants, uint64_t seed)
      : inventory_(inventory), tenants_(tenants), random_(seed) {}

  // A request of `rpc`, mostly about `own` where it names a tenant.
  std::string Make(const Rpc& rpc, const std::string& own);

  // Text that another caller was given, such as a page token, to be tried as one's own.
  void Learn(const std::string& text);

  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool OneIn(size_t n) { return Below(n) == 0; }

 private:
  void Fill(google::protobuf::Message& message, const std::string& about, int depth);
  void SetField(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                const std::string& about, int depth);
  std::string Text(const google::protobuf::FieldDescriptor& field, const std::string& about);
  std::string NameOf(const std::string& tenant);
  const std::string& AnyTenant();

  const Inventory& inventory_;
  const Tenants& tenants_;
  std::mt19937_64 random_;
  std::vector<std::string> learned_;
};

}  // namespace sakip::authz

#endif  // SAKIP_TESTS_AUTHZ_CURIOUS_REQUEST_H_
