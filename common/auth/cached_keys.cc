#include "common/auth/cached_keys.h"

#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

constexpr absl::Duration kReadFileEvery = absl::Seconds(2);

const std::shared_ptr<const KeySet>& NoKeys() {
  static const auto& none = *new std::shared_ptr<const KeySet>(std::make_shared<KeySet>());
  return none;
}

void LogKeys(const KeySet& keys) {
  const std::string kids =
      absl::StrJoin(keys.keys(), ",", [](std::string* out, const auto& key) { *out += key.first; });
  Log(LogLevel::kInfo, "token_keys_changed",
      {{"kids", kids}, {"left_out", absl::StrJoin(keys.left_out(), "; ")}});
}

}  // namespace

CachedKeys::CachedKeys(std::unique_ptr<KeyFetcher> fetcher, const CachedKeysOptions& options,
                       const Clock& clock)
    : fetcher_(std::move(fetcher)),
      options_(options),
      clock_(clock),
      fetched_((options.metrics == nullptr ? rpc::InertMetrics() : *options.metrics)
                   .AddGauge("sakip_token_keys_fetched_timestamp_seconds",
                             "When the issuer's keys in use were last fetched; 0: not yet.", {})),
      keys_(NoKeys()),
      floor_(options.unknown_key_floor) {}

CachedKeys::~CachedKeys() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

absl::Status CachedKeys::Refresh() {
  MutexLock lock(fetch_mutex_);
  // As old as the moment it was asked for: what is removed meanwhile may still be in it.
  const absl::Time time = clock_.Now();
  const absl::StatusOr<std::string> jwks = fetcher_->Fetch();
  absl::Status status = jwks.status();
  std::shared_ptr<const KeySet> changed;
  if (jwks.ok() && (*jwks != jwks_ || jwks_.empty())) {
    absl::StatusOr<KeySet> keys = KeySet::Parse(*jwks);
    status = keys.status();
    if (keys.ok()) {
      changed = std::make_shared<const KeySet>(*std::move(keys));
      jwks_ = *jwks;
      LogKeys(*changed);
    }
  }
  const std::string trouble(status.message());
  if (!status.ok() && trouble != trouble_) {
    Log(LogLevel::kWarning, "token_keys_not_fetched", {{"error", trouble}});
  }
  trouble_ = trouble;
  if (!status.ok()) return status;
  MutexLock keys_lock(mutex_);
  if (changed != nullptr) keys_ = std::move(changed);
  fetch_time_ = time;
  fetched_.Set(absl::ToDoubleSeconds(time - absl::UnixEpoch()));
  return absl::OkStatus();
}

void CachedKeys::Start() {
  thread_ = std::thread([this] {
    while (AwaitDue()) Refresh().IgnoreError();  // It was logged.
  });
}

bool CachedKeys::AwaitDue() {
  MutexLock lock(mutex_);
  const auto until =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.refresh_every);
  while (!stopping_ && !asked_ && wake_.wait_until(mutex_, until) != std::cv_status::timeout) {
  }
  asked_ = false;
  return !stopping_;
}

std::shared_ptr<const KeySet> CachedKeys::Keys() const {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  return now > fetch_time_ + options_.stale_max ? NoKeys() : keys_;
}

void CachedKeys::OnUnknownKey() {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  if (!floor_.Pass(now)) return;
  asked_ = true;
  wake_.notify_all();
}

absl::StatusOr<std::shared_ptr<KeySource>> OpenKeySource(const std::string& jwks,
                                                         const std::string& ca_file,
                                                         CachedKeysOptions options,
                                                         const Clock& clock) {
  const bool is_url = absl::StrContains(jwks, "://");
  std::unique_ptr<KeyFetcher> fetcher;
  if (is_url) {
    ASSIGN_OR_RETURN(fetcher, MakeUrlFetcher(jwks, ca_file));
  } else {
    fetcher = MakeFileFetcher(jwks);
    options.refresh_every = kReadFileEvery;
  }
  auto keys = std::make_shared<CachedKeys>(std::move(fetcher), options, clock);
  const absl::Status fetched = keys->Refresh();
  if (!fetched.ok() && !is_url) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "JWKS_UNREADABLE",
                     absl::StrCat("the keys of ", jwks, ": ", fetched.message()));
  }
  keys->Start();
  return keys;
}

}  // namespace sakip::auth
