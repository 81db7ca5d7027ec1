// Certificates are those that a process proves itself with and believes, read again when their
// files change: connections that begin later use the new ones, others go on.
//
// gRPC's own watcher takes what it finds: a key that does not belong to the certificate yet, or
// half a file, leaves a server without any. So the files are checked here, and gRPC watches copies
// in memory of the last good ones. What the process proves itself with, the authorities, and each
// list of revoked certificates are judged apart: a certificate that expired keeps no new list out.
#ifndef SAKIP_COMMON_TLS_CERTIFICATES_H_
#define SAKIP_COMMON_TLS_CERTIFICATES_H_

#include <grpcpp/security/tls_certificate_provider.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/rpc/metrics.h"
#include "common/tls/memory_file.h"
#include "common/tls/peer_trust.h"
#include "common/tls/tls_files.h"

namespace sakip::tls {

// Where credentials take certificates from.
struct CertificateSource {
  std::shared_ptr<grpc::experimental::CertificateProviderInterface> provider{};
  bool has_certificate = false;
  bool has_ca = false;
  std::string crl_dir{};
  // Whether a server that is called is believed; never null.
  std::shared_ptr<const PeerTrust> servers{};
};

// Reads the files once, for what ends soon.
//
//   Errors of ReadTlsFiles.
absl::StatusOr<CertificateSource> ReadOnce(const TlsFiles& files);

struct CertificatesOptions {
  TlsFiles files{};  // At least a certificate or a CA.
  // How often the files are looked at. gRPC takes a second more to see what is new.
  absl::Duration check_interval = absl::Seconds(10);
  rpc::Metrics* metrics = nullptr;  // Borrowed; null means InertMetrics().
  const Clock* clock = nullptr;     // Borrowed; null means the system's.
};

// Thread-safe. Outlives the servers and channels that use its source.
class Certificates {
 public:
  //   Errors of ReadTlsFiles.
  static absl::StatusOr<std::unique_ptr<Certificates>> Open(CertificatesOptions options);
  ~Certificates();
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  const CertificateSource& source() const { return source_; }

  // Whether a caller's certificate is believed by what is in use now.
  const PeerTrust& peers() const { return peers_; }

  // Looks at the files now. Where one is not good the last good one stays in use, and the log says
  // why; the others are taken.
  //
  //   Errors of TlsFaults.
  absl::Status Reload();

 private:
  Certificates(CertificatesOptions options, TlsContent content, MemoryFile identity, MemoryFile ca);

  // What is told of a part of the files.
  struct Part {
    Part(const CertificatesOptions& options, const std::string& name);

    void Tell(const absl::Status& status, absl::Time now, const std::string& serial);

    const std::string name;
    rpc::Counter& failures;
    rpc::Gauge& good;
    std::string told{};  // The last error, told once.
  };

  absl::Status Take(TlsContent content) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Believe(const TlsContent& content);
  void Tell(const TlsFaults& faults, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ReloadUntilStopped();
  bool Wait();  // False where it is to stop.

  const CertificatesOptions options_;
  const Clock& clock_;
  rpc::Gauge& expiry_;
  Mutex mutex_;
  ConditionVariable changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  TlsContent content_ ABSL_GUARDED_BY(mutex_);
  Part identity_part_ ABSL_GUARDED_BY(mutex_);
  Part authorities_part_ ABSL_GUARDED_BY(mutex_);
  Part revocations_part_ ABSL_GUARDED_BY(mutex_);
  uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
  MemoryFile identity_ ABSL_GUARDED_BY(mutex_);  // Key and certificates: replaced together.
  MemoryFile ca_ ABSL_GUARDED_BY(mutex_);
  PeerTrust peers_;
  const std::shared_ptr<PeerTrust> servers_;
  CertificateSource source_;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_CERTIFICATES_H_
