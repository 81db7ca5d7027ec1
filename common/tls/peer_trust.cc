#include "common/tls/peer_trust.h"

#include <grpc/grpc_security_constants.h>
#include <openssl/sha.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/tls/pem.h"

namespace sakip::tls {
namespace {

// So soon a certificate that expired is noticed; one that was revoked is at once.
constexpr absl::Duration kLookAgainAfter = absl::Seconds(10);
// Chains of peers that are remembered; all are forgotten when there are more.
constexpr size_t kFindingsMax = 4096;
// Longest chain that is looked at. Three certificates with keys of RSA are some 6 KiB.
constexpr size_t kChainBytesMax = 16 * 1024;

using OwnedContext = openssl::Owned<X509_STORE_CTX, X509_STORE_CTX_free>;

// What is in it somebody else owns.
void FreeStack(STACK_OF(X509) * stack) { sk_X509_free(stack); }
using OwnedStack = openssl::Owned<STACK_OF(X509), FreeStack>;

absl::Status NotBelieved(absl::string_view why) {
  return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID",
                   absl::StrCat("the certificate of the connection is not believed: ", why));
}

// As gRPC has it: where an authority has no list, nobody of it is revoked.
int AllowNoList(int ok, X509_STORE_CTX* context) {
  return X509_STORE_CTX_get_error(context) == X509_V_ERR_UNABLE_TO_GET_CRL ? 1 : ok;
}

std::shared_ptr<X509_STORE> MakeStore(PeerKind kind, absl::string_view ca,
                                      absl::string_view revocations) {
  std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  SAKIP_CHECK(store != nullptr);
  if (!ca.empty()) {
    const auto authorities = ParseCertificates(ca);
    SAKIP_CHECK(authorities.ok());
    for (const OwnedX509& authority : *authorities) {
      SAKIP_CHECK(X509_STORE_add_cert(store.get(), authority.get()) == 1);
    }
  }
  if (!revocations.empty()) {
    const auto lists = ParseRevocations(revocations);
    SAKIP_CHECK(lists.ok());
    for (const OwnedCrl& list : *lists) {
      SAKIP_CHECK(X509_STORE_add_crl(store.get(), list.get()) == 1);
    }
  }
  unsigned long flags = X509_V_FLAG_PARTIAL_CHAIN;  // NOLINT: OpenSSL's type.
  if (!revocations.empty()) flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL;
  X509_STORE_set_flags(store.get(), flags);
  X509_STORE_set_purpose(
      store.get(), kind == PeerKind::kCaller ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER);
  X509_STORE_set_verify_cb(store.get(), AllowNoList);
  return store;
}

absl::Status Verify(X509_STORE* store, absl::string_view chain, absl::Time now) {
  const auto certificates = ParseCertificates(chain);
  if (!certificates.ok()) return NotBelieved(certificates.status().message());
  const OwnedStack others(sk_X509_new_null());
  for (size_t i = 1; i < certificates->size(); ++i) {
    sk_X509_push(others.get(), (*certificates)[i].get());
  }
  const OwnedContext context(X509_STORE_CTX_new());
  SAKIP_CHECK(
      X509_STORE_CTX_init(context.get(), store, certificates->front().get(), others.get()) == 1);
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()), absl::ToTimeT(now));
  const bool good = X509_verify_cert(context.get()) == 1;
  ERR_clear_error();
  if (good) return absl::OkStatus();
  return NotBelieved(X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
}

void Append(const grpc::AuthContext& peer, const char* property, std::string& chain) {
  for (const grpc::string_ref& text : peer.FindPropertyValues(property)) {
    chain.append(text.data(), text.size());
  }
}

std::array<unsigned char, SHA256_DIGEST_LENGTH> DigestOf(const std::string& chain) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(chain.data()), chain.size(), digest.data());
  return digest;
}

}  // namespace

PeerTrust::PeerTrust(PeerKind kind, const Clock& clock)
    : kind_(kind), clock_(clock), store_(MakeStore(kind, "", "")) {}

void PeerTrust::Believe(absl::string_view ca, absl::string_view revocations) {
  std::shared_ptr<X509_STORE> store = MakeStore(kind_, ca, revocations);
  MutexLock lock(mutex_);
  store_ = std::move(store);
  ++generation_;
}

absl::StatusOr<PeerChain> PeerTrust::Check(const grpc::AuthContext& peer) const {
  std::string text;
  Append(peer, GRPC_X509_PEM_CERT_PROPERTY_NAME, text);
  if (text.empty()) return nullptr;
  // Of a client gRPC has the intermediates alone.
  Append(peer, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME, text);
  auto chain = std::make_shared<const std::string>(std::move(text));
  RETURN_IF_ERROR(CheckChain(*chain));
  return chain;
}

absl::Status PeerTrust::CheckChain(const std::string& chain) const {
  if (chain.size() > kChainBytesMax) {
    return NotBelieved(absl::StrCat("its chain has more than ", kChainBytesMax, " bytes"));
  }
  return Look(chain);
}

absl::Status PeerTrust::Confirm(const PeerChain& chain) const {
  return chain == nullptr ? absl::OkStatus() : Look(*chain);
}

absl::Status PeerTrust::Look(const std::string& chain) const {
  const Digest digest = DigestOf(chain);
  const absl::Time now = clock_.Now();
  std::shared_ptr<X509_STORE> store;
  Finding finding{.when = now};
  {
    MutexLock lock(mutex_);
    const auto found = findings_.find(digest);
    if (found != findings_.end() && IsFresh(found->second, now)) return found->second.status;
    store = store_;
    finding.generation = generation_;
  }
  finding.status = Verify(store.get(), chain, now);
  MutexLock lock(mutex_);
  if (findings_.size() >= kFindingsMax && !findings_.contains(digest)) findings_.clear();
  // What was found by what was believed before is never fresh.
  return (findings_[digest] = std::move(finding)).status;
}

bool PeerTrust::IsFresh(const Finding& finding, absl::Time now) const {
  return finding.generation == generation_ && now >= finding.when &&
         now - finding.when < kLookAgainAfter;
}

}  // namespace sakip::tls
