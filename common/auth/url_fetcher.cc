#include <curl/curl.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/auth/key_fetcher.h"
#include "common/auth/key_set.h"
#include "common/auth/openssl.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/rpc/address.h"

namespace sakip::auth {
namespace {

using OwnedUrl = Owned<CURLU, curl_url_cleanup>;
using OwnedTransfer = Owned<CURL, curl_easy_cleanup>;

constexpr long kConnectMilliseconds = 2000;   // NOLINT: the type is libcurl's.
constexpr long kTransferMilliseconds = 5000;  // NOLINT
constexpr long kFound = 200;                  // NOLINT

std::string Part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string result(text);
  curl_free(text);
  return result;
}

// Why keys may not come from `url`; empty where they may.
std::string WhyNot(const std::string& url) {
  const OwnedUrl parsed(curl_url());
  SAKIP_CHECK(parsed != nullptr);
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "is no URL";
  if (!Part(parsed.get(), CURLUPART_USER).empty() ||
      !Part(parsed.get(), CURLUPART_PASSWORD).empty()) {
    return "names a user";
  }
  const std::string scheme = Part(parsed.get(), CURLUPART_SCHEME);
  if (scheme == "https") return "";
  if (scheme == "http" && rpc::IsLoopback(absl::StrCat(Part(parsed.get(), CURLUPART_HOST), ":1"))) {
    return "";
  }
  return "is not https://, and is not on loopback";
}

size_t Append(char* bytes, size_t size, size_t count, void* out) {
  auto& text = *static_cast<std::string*>(out);
  if (size * count > kJwksBytesMax - text.size()) return 0;  // Ends the transfer.
  text.append(bytes, size * count);
  return size * count;
}

class UrlFetcher final : public KeyFetcher {
 public:
  UrlFetcher(const std::string& url, const std::string& ca_file) : url_(url), ca_file_(ca_file) {}

  // With a connection of its own: it is made seldom, and a name may have moved.
  absl::StatusOr<std::string> Fetch() override {
    const ErrorQueue queue;
    const OwnedTransfer transfer(curl_easy_init());
    SAKIP_CHECK(transfer != nullptr);
    std::string text;
    char why[CURL_ERROR_SIZE] = {};
    Prepare(transfer.get(), text, why);
    const CURLcode code = curl_easy_perform(transfer.get());
    if (code == CURLE_WRITE_ERROR) return Failed("more bytes than a JWKS has");
    if (code != CURLE_OK) return Failed(why[0] == '\0' ? curl_easy_strerror(code) : why);
    long status = 0;  // NOLINT
    curl_easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != kFound) return Failed(absl::StrCat("answers with HTTP status ", status));
    return text;
  }

 private:
  template <typename Value>
  static void Set(CURL* transfer, CURLoption option, Value value) {
    SAKIP_CHECK(curl_easy_setopt(transfer, option, value) == CURLE_OK);
  }

  void Prepare(CURL* transfer, std::string& text, char* why) const {
    Set(transfer, CURLOPT_URL, url_.c_str());
    Set(transfer, CURLOPT_ERRORBUFFER, why);
    Set(transfer, CURLOPT_PROTOCOLS_STR, absl::StartsWith(url_, "https:") ? "https" : "http");
    Set(transfer, CURLOPT_FOLLOWLOCATION, 0L);
    Set(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
    Set(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
    Set(transfer, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // NOLINT
    if (!ca_file_.empty()) Set(transfer, CURLOPT_CAINFO, ca_file_.c_str());
    if (!absl::StartsWith(url_, "https:")) Set(transfer, CURLOPT_PROXY, "");
    Set(transfer, CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
    Set(transfer, CURLOPT_TIMEOUT_MS, kTransferMilliseconds);
    Set(transfer, CURLOPT_NOSIGNAL, 1L);  // A signal for a timeout would hit another thread.
    Set(transfer, CURLOPT_USERAGENT, "sakip");
    Set(transfer, CURLOPT_WRITEFUNCTION, &Append);
    Set(transfer, CURLOPT_WRITEDATA, &text);
  }

  absl::Status Failed(absl::string_view why) const {
    return absl::UnavailableError(absl::StrCat(url_, ": ", why));
  }

  const std::string url_;
  const std::string ca_file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KeyFetcher>> MakeUrlFetcher(const std::string& url,
                                                           const std::string& ca_file) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  SAKIP_CHECK(ready == CURLE_OK);
  const std::string why = WhyNot(url);
  if (!why.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "JWKS_URL_WRONG",
                     absl::StrCat(url, " ", why));
  }
  return std::make_unique<UrlFetcher>(url, ca_file);
}

}  // namespace sakip::auth
