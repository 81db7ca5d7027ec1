#include "common/tls/certificates.h"

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::tls {
namespace {

using grpc::experimental::CertificateProviderInterface;
using grpc::experimental::FileWatcherCertificateProvider;
using grpc::experimental::StaticDataCertificateProvider;
using SteadyClock = std::chrono::steady_clock;

constexpr unsigned int kRefreshSeconds = 1;

// Text before a block is no part of PEM. A new generation makes gRPC load everything anew, the
// lists of revoked certificates too, which OpenSSL keeps otherwise.
std::string Generation(uint64_t generation) { return absl::StrCat("# ", generation, "\n"); }

std::string IdentityText(const TlsContent& content, uint64_t generation) {
  if (content.chain.empty()) return "";
  return absl::StrCat(Generation(generation), content.key, "\n", content.chain);
}

std::string CaText(const TlsContent& content, uint64_t generation) {
  return content.ca.empty() ? "" : absl::StrCat(Generation(generation), content.ca);
}

rpc::Metrics& MetricsOf(const CertificatesOptions& options) {
  return options.metrics == nullptr ? rpc::InertMetrics() : *options.metrics;
}

CertificateSource SourceOf(const TlsFiles& files) {
  CertificateSource source;
  source.has_certificate = !files.certificate.empty();
  source.has_ca = !files.ca.empty();
  source.crl_dir = files.crl_dir;
  return source;
}

absl::Status CheckNotEmpty(const TlsFiles& files) {
  if (!files.certificate.empty() || !files.ca.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("TLS needs a certificate with its key, or a CA");
}

}  // namespace

absl::StatusOr<CertificateSource> ReadOnce(const TlsFiles& files) {
  RETURN_IF_ERROR(CheckNotEmpty(files));
  ASSIGN_OR_RETURN(const TlsContent content, ReadTlsFiles(files, absl::Now()));
  CertificateSource source = SourceOf(files);
  std::vector<grpc::experimental::IdentityKeyCertPair> pairs;
  if (source.has_certificate) pairs.push_back({content.key, content.chain});
  source.provider = std::make_shared<StaticDataCertificateProvider>(content.ca, pairs);
  return source;
}

absl::StatusOr<std::unique_ptr<Certificates>> Certificates::Open(CertificatesOptions options) {
  RETURN_IF_ERROR(CheckNotEmpty(options.files));
  ASSIGN_OR_RETURN(TlsContent content, ReadTlsFiles(options.files, absl::Now()));
  ASSIGN_OR_RETURN(MemoryFile identity, MemoryFile::Create(IdentityText(content, 0)));
  ASSIGN_OR_RETURN(MemoryFile ca, MemoryFile::Create(CaText(content, 0)));
  // The constructor is private: make_unique cannot reach it.
  return std::unique_ptr<Certificates>(
      new Certificates(std::move(options), std::move(content), std::move(identity), std::move(ca)));
}

Certificates::Certificates(CertificatesOptions options, TlsContent content, MemoryFile identity,
                           MemoryFile ca)
    : options_(std::move(options)),
      expiry_(MetricsOf(options_).AddGauge("sakip_tls_certificate_expiry_timestamp_seconds",
                                           "When the certificate in use expires.", {})),
      failures_(MetricsOf(options_).AddCounter(
          "sakip_tls_reload_failures_total",
          "Looks at files of TLS that were not good; the last good ones stay in use.", {})),
      content_(std::move(content)),
      identity_(std::move(identity)),
      ca_(std::move(ca)),
      source_(SourceOf(options_.files)) {
  const std::string identity_path = source_.has_certificate ? identity_.path() : "";
  source_.provider = std::make_shared<FileWatcherCertificateProvider>(
      identity_path, identity_path, source_.has_ca ? ca_.path() : "", kRefreshSeconds);
  expiry_.Set(absl::ToDoubleSeconds(content_.facts.expiry_time - absl::UnixEpoch()));
  peers_.Believe(content_.ca, content_.revocations);
  thread_ = std::thread([this] { ReloadUntilStopped(); });
}

Certificates::~Certificates() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

absl::Status Certificates::Reload() {
  // Outside the lock: a disk may take its time.
  absl::StatusOr<TlsContent> content = ReadTlsFiles(options_.files, absl::Now());
  MutexLock lock(mutex_);
  absl::Status status = content.status();
  if (status.ok()) status = Take(*std::move(content));
  Tell(status);
  return status;
}

absl::Status Certificates::Take(TlsContent content) {
  if (content.SameAs(content_)) return absl::OkStatus();
  ++generation_;
  // Authorities first: the new certificate may be of a new one.
  RETURN_IF_ERROR(ca_.Replace(CaText(content, generation_)));
  RETURN_IF_ERROR(identity_.Replace(IdentityText(content, generation_)));
  content_ = std::move(content);
  peers_.Believe(content_.ca, content_.revocations);
  expiry_.Set(absl::ToDoubleSeconds(content_.facts.expiry_time - absl::UnixEpoch()));
  Log(LogLevel::kInfo, "certificates_reloaded",
      {{"serial", content_.facts.serial},
       {"expiry_time", absl::FormatTime(content_.facts.expiry_time, absl::UTCTimeZone())}});
  return absl::OkStatus();
}

void Certificates::Tell(const absl::Status& status) {
  if (status.ok()) {
    told_.clear();
    return;
  }
  failures_.Increment(1);
  if (told_ == status.message()) return;
  told_ = std::string(status.message());
  Log(LogLevel::kError, "certificates_not_reloaded",
      {{"error", told_}, {"in_use", content_.facts.serial}});
}

void Certificates::ReloadUntilStopped() {
  while (Wait()) Reload().IgnoreError();  // Told already; the next turn looks again.
}

bool Certificates::Wait() {
  const auto until = SteadyClock::now() + absl::ToChronoNanoseconds(options_.check_interval);
  MutexLock lock(mutex_);
  while (!stopping_ && SteadyClock::now() < until) changed_.wait_until(mutex_, until);
  return !stopping_;
}

}  // namespace sakip::tls
