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
  const TlsIdentity& identity = content.identity;
  if (identity.chain.empty()) return "";
  return absl::StrCat(Generation(generation), identity.key, "\n", identity.chain);
}

std::string CaText(const TlsContent& content, uint64_t generation) {
  const std::string& authorities = content.authorities;
  return authorities.empty() ? "" : absl::StrCat(Generation(generation), authorities);
}

// With their names, which are no part of PEM.
std::string AllLists(const RevocationLists& lists) {
  std::string all;
  for (const auto& [path, list] : lists) absl::StrAppend(&all, path, "\n", list, "\n");
  return all;
}

double Timestamp(absl::Time time) { return absl::ToDoubleSeconds(time - absl::UnixEpoch()); }

rpc::Metrics& MetricsOf(const CertificatesOptions& options) {
  return options.metrics == nullptr ? rpc::InertMetrics() : *options.metrics;
}

CertificateSource SourceOf(const TlsFiles& files, std::shared_ptr<const PeerTrust> servers) {
  CertificateSource source;
  source.servers = std::move(servers);
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
  auto servers = std::make_shared<PeerTrust>(PeerKind::kServer, OrSystemClock(nullptr));
  servers->Believe(content.authorities, AllLists(content.revocations));
  CertificateSource source = SourceOf(files, std::move(servers));
  std::vector<grpc::experimental::IdentityKeyCertPair> pairs;
  if (source.has_certificate) pairs.push_back({content.identity.key, content.identity.chain});
  source.provider = std::make_shared<StaticDataCertificateProvider>(content.authorities, pairs);
  return source;
}

absl::StatusOr<std::unique_ptr<Certificates>> Certificates::Open(CertificatesOptions options) {
  RETURN_IF_ERROR(CheckNotEmpty(options.files));
  const absl::Time now = OrSystemClock(options.clock).Now();
  ASSIGN_OR_RETURN(TlsContent content, ReadTlsFiles(options.files, now));
  ASSIGN_OR_RETURN(MemoryFile identity, MemoryFile::Create(IdentityText(content, 0)));
  ASSIGN_OR_RETURN(MemoryFile ca, MemoryFile::Create(CaText(content, 0)));
  // The constructor is private: make_unique cannot reach it.
  return std::unique_ptr<Certificates>(
      new Certificates(std::move(options), std::move(content), std::move(identity), std::move(ca)));
}

Certificates::Certificates(CertificatesOptions options, TlsContent content, MemoryFile identity,
                           MemoryFile ca)
    : options_(std::move(options)),
      clock_(OrSystemClock(options_.clock)),
      expiry_(MetricsOf(options_).AddGauge("sakip_tls_certificate_expiry_timestamp_seconds",
                                           "When the certificate in use expires.", {})),
      content_(std::move(content)),
      identity_part_(options_, "identity"),
      authorities_part_(options_, "authorities"),
      revocations_part_(options_, "revocations"),
      identity_(std::move(identity)),
      ca_(std::move(ca)),
      peers_(PeerKind::kCaller, clock_),
      servers_(std::make_shared<PeerTrust>(PeerKind::kServer, clock_)),
      source_(SourceOf(options_.files, servers_)) {
  const std::string identity_path = source_.has_certificate ? identity_.path() : "";
  source_.provider = std::make_shared<FileWatcherCertificateProvider>(
      identity_path, identity_path, source_.has_ca ? ca_.path() : "", kRefreshSeconds);
  Believe(content_);
  Tell({}, clock_.Now());
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
  TlsContent content;
  {
    MutexLock lock(mutex_);
    content = content_;
  }
  // Outside the lock: a disk may take its time.
  const absl::Time now = clock_.Now();
  TlsFaults faults = RefreshTls(options_.files, now, content);
  MutexLock lock(mutex_);
  absl::Status taken = Take(std::move(content));
  if (!taken.ok()) faults.identity = std::move(taken);
  Tell(faults, now);
  return faults.First();
}

absl::Status Certificates::Take(TlsContent content) {
  if (content.SameAs(content_)) return absl::OkStatus();
  Believe(content);
  ++generation_;
  // Authorities first: the new certificate may be of a new one.
  RETURN_IF_ERROR(ca_.Replace(CaText(content, generation_)));
  RETURN_IF_ERROR(identity_.Replace(IdentityText(content, generation_)));
  content_ = std::move(content);
  const CertificateFacts& facts = content_.identity.facts;
  Log(LogLevel::kInfo, "certificates_reloaded",
      {{"serial", facts.serial},
       {"expiry_time", absl::FormatTime(facts.expiry_time, absl::UTCTimeZone())},
       {"revocation_lists", absl::StrCat(content_.revocations.size())}});
  return absl::OkStatus();
}

void Certificates::Believe(const TlsContent& content) {
  const std::string lists = AllLists(content.revocations);
  peers_.Believe(content.authorities, lists);
  servers_->Believe(content.authorities, lists);
}

void Certificates::Tell(const TlsFaults& faults, absl::Time now) {
  const CertificateFacts& in_use = content_.identity.facts;
  expiry_.Set(Timestamp(in_use.expiry_time));
  identity_part_.Tell(faults.identity, now, in_use.serial);
  authorities_part_.Tell(faults.authorities, now, in_use.serial);
  revocations_part_.Tell(faults.revocations, now, in_use.serial);
}

Certificates::Part::Part(const CertificatesOptions& options, const std::string& part)
    : name(part),
      failures(MetricsOf(options).AddCounter(
          "sakip_tls_reload_failures_total",
          "Looks at files of TLS that were not good; the last good ones stay in use.",
          {{"part", part}})),
      good(MetricsOf(options).AddGauge(
          "sakip_tls_good_timestamp_seconds",
          "When the files were last all good: what is in use is not newer.", {{"part", part}})) {}

void Certificates::Part::Tell(const absl::Status& status, absl::Time now,
                              const std::string& serial) {
  if (status.ok()) {
    good.Set(Timestamp(now));
    told.clear();
    return;
  }
  failures.Increment(1);
  if (told == status.message()) return;
  told = std::string(status.message());
  Log(LogLevel::kError, "certificates_not_reloaded",
      {{"part", name}, {"error", told}, {"in_use", serial}});
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
