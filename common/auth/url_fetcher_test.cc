#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/auth/key_fetcher.h"
#include "common/auth/key_set.h"
#include "common/auth/test_http_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

absl::StatusOr<std::string> Fetch(const std::string& url) {
  return MakeUrlFetcher(url, "").value()->Fetch();
}

TEST(UrlFetcher, BringsWhatIsThereNow) {
  TestHttpServer server(TestHttpServer::Ok("one"));
  const auto fetcher = MakeUrlFetcher(server.url(), "").value();

  EXPECT_EQ(fetcher->Fetch().value(), "one");
  server.Set(TestHttpServer::Ok("two"));
  EXPECT_EQ(fetcher->Fetch().value(), "two");
}

TEST(UrlFetcher, TakesOnlyTheAnswerOk) {
  for (const char* status : {"204 No Content", "404 Not Found", "500 Internal Server Error"}) {
    const TestHttpServer server(absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Length: 0\r\n\r\n"));

    const auto jwks = Fetch(server.url());

    EXPECT_THAT(jwks, StatusIs(StatusCode::kUnavailable)) << status;
    EXPECT_THAT(std::string(jwks.status().message()), HasSubstr(server.url()));
  }
}

TEST(UrlFetcher, FollowsNobodyElsewhere) {
  const TestHttpServer other(TestHttpServer::Ok("other"));
  const TestHttpServer server(absl::StrCat("HTTP/1.1 302 Found\r\nLocation: ", other.url(),
                                           "\r\nContent-Length: 0\r\n\r\n"));

  const auto jwks = Fetch(server.url());

  EXPECT_THAT(std::string(jwks.status().message()), HasSubstr("HTTP status 302"));
  EXPECT_EQ(other.requests(), 0);
}

TEST(UrlFetcher, TakesNoMoreThanAJwksHas) {
  const TestHttpServer most(TestHttpServer::Ok(std::string(kJwksBytesMax, 'x')));
  EXPECT_THAT(Fetch(most.url()), IsOk());

  const std::string more(kJwksBytesMax + 1, 'x');
  const TestHttpServer announced(TestHttpServer::Ok(more));
  EXPECT_THAT(std::string(Fetch(announced.url()).status().message()), HasSubstr("more bytes"));
  const TestHttpServer endless("HTTP/1.1 200 OK\r\n\r\n" + more);
  EXPECT_THAT(std::string(Fetch(endless.url()).status().message()), HasSubstr("more bytes"));
}

TEST(UrlFetcher, TakesNoHalfAnswer) {
  const TestHttpServer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

  EXPECT_THAT(Fetch(server.url()), StatusIs(StatusCode::kUnavailable));
}

// Takes the five seconds that it promises.
TEST(UrlFetcher, WaitsForNobodyForLong) {
  const TestHttpServer server("");
  const absl::Time begin = absl::Now();

  EXPECT_THAT(Fetch(server.url()), StatusIs(StatusCode::kUnavailable));

  EXPECT_LT(absl::Now() - begin, absl::Seconds(15));
}

TEST(UrlFetcher, IsOfNoOtherUrl) {
  for (const char* url :
       {"http://issuer.example.go.id/jwks", "http://127.0.0.1.example.go.id/jwks",
        "http://10.0.0.1/jwks", "ftp://127.0.0.1/jwks", "file:///etc/passwd",
        "https://user:secret@issuer.example.go.id/jwks", "https://user@issuer.example.go.id/",
        "http://127.0.0.1@issuer.example.go.id/", "://", "https://"}) {
    EXPECT_THAT(MakeUrlFetcher(url, ""), StatusIs(StatusCode::kInvalidArgument, "JWKS_URL_WRONG"))
        << url;
  }
  for (const char* url : {"https://issuer.example.go.id/jwks", "HTTPS://issuer.example.go.id/",
                          "http://localhost:8080/jwks", "http://[::1]:8080/jwks"}) {
    EXPECT_THAT(MakeUrlFetcher(url, ""), IsOk()) << url;
  }
}

}  // namespace
}  // namespace sakip::auth
