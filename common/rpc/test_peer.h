// TestPeer is the connection of a peer, for tests of authenticators.
#ifndef SAKIP_COMMON_RPC_TEST_PEER_H_
#define SAKIP_COMMON_RPC_TEST_PEER_H_

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sakip::rpc {

// Not thread-safe.
class TestPeer final : public grpc::AuthContext {
 public:
  // A peer with the certificate, or with none where it is empty.
  explicit TestPeer(std::string certificate = "") {
    if (!certificate.empty()) {
      values_.emplace(GRPC_X509_PEM_CERT_PROPERTY_NAME, std::move(certificate));
    }
  }

  // A further property, such as GRPC_PEER_URI_PROPERTY_NAME.
  TestPeer& With(const std::string& property, std::string value) {
    values_.emplace(property, std::move(value));
    return *this;
  }

  bool IsPeerAuthenticated() const override { return true; }
  std::vector<grpc::string_ref> GetPeerIdentity() const override { return {}; }
  std::string GetPeerIdentityPropertyName() const override { return ""; }
  std::vector<grpc::string_ref> FindPropertyValues(const std::string& name) const override {
    std::vector<grpc::string_ref> found;
    const auto [begin, end] = values_.equal_range(name);
    for (auto value = begin; value != end; ++value) found.emplace_back(value->second);
    return found;
  }
  grpc::AuthPropertyIterator begin() const override { return Nothing(); }
  grpc::AuthPropertyIterator end() const override { return Nothing(); }
  void AddProperty(const std::string&, const grpc::string_ref&) override {}
  bool SetPeerIdentityPropertyName(const std::string&) override { return false; }

 private:
  struct Nothing : grpc::AuthPropertyIterator {};

  std::multimap<std::string, std::string> values_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_PEER_H_
