// TestPeer is the connection of a peer with a certificate, without either: for tests.
#ifndef SAKIP_COMMON_RPC_TEST_PEER_H_
#define SAKIP_COMMON_RPC_TEST_PEER_H_

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sakip::rpc {

// Immutable and thread-safe.
class TestPeer final : public grpc::AuthContext {
 public:
  // By the name of the property, such as GRPC_PEER_URI_PROPERTY_NAME.
  using Properties = std::multimap<std::string, std::string>;

  explicit TestPeer(Properties properties) : properties_(std::move(properties)) {}

  // A peer that showed the certificate (PEM), and nothing else.
  static TestPeer With(const std::string& certificate) {
    return TestPeer({{GRPC_X509_PEM_CERT_PROPERTY_NAME, certificate}});
  }

  bool IsPeerAuthenticated() const override { return true; }
  std::vector<grpc::string_ref> GetPeerIdentity() const override { return {}; }
  std::string GetPeerIdentityPropertyName() const override { return ""; }
  std::vector<grpc::string_ref> FindPropertyValues(const std::string& name) const override {
    std::vector<grpc::string_ref> values;
    const auto [first, last] = properties_.equal_range(name);
    for (auto it = first; it != last; ++it) values.emplace_back(it->second);
    return values;
  }
  grpc::AuthPropertyIterator begin() const override { return Nothing(); }
  grpc::AuthPropertyIterator end() const override { return Nothing(); }
  void AddProperty(const std::string&, const grpc::string_ref&) override {}
  bool SetPeerIdentityPropertyName(const std::string&) override { return false; }

 private:
  struct Nothing : grpc::AuthPropertyIterator {};

  const Properties properties_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_PEER_H_
