// An HTTP server on a free port of loopback that answers every request with the same bytes.
#ifndef SAKIP_COMMON_AUTH_TEST_HTTP_SERVER_H_
#define SAKIP_COMMON_AUTH_TEST_HTTP_SERVER_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "common/base/mutex.h"
#include "common/base/open_file.h"

namespace sakip::auth {

// Thread-safe.
class TestHttpServer {
 public:
  explicit TestHttpServer(std::string answer) : answer_(std::move(answer)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    SAKIP_CHECK(bind(listener_.fd(), any, size) == 0 && listen(listener_.fd(), 8) == 0);
    SAKIP_CHECK(getsockname(listener_.fd(), any, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~TestHttpServer() {
    shutdown(listener_.fd(), SHUT_RDWR);
    thread_.join();
  }
  TestHttpServer(const TestHttpServer&) = delete;
  TestHttpServer& operator=(const TestHttpServer&) = delete;

  static std::string Ok(const std::string& body) {
    return absl::StrCat("HTTP/1.1 200 OK\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
  }

  std::string url() const { return absl::StrCat("http://127.0.0.1:", port_, "/jwks.json"); }
  int requests() const { return requests_; }

  // Empty leaves requests without an answer.
  void Set(std::string answer) {
    MutexLock lock(mutex_);
    answer_ = std::move(answer);
  }

 private:
  void Serve() {
    OpenFile silent;  // Kept open.
    while (true) {
      OpenFile peer(accept(listener_.fd(), nullptr, nullptr));
      if (!peer.is_open()) return;
      std::string request;
      char buffer[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t size = recv(peer.fd(), buffer, sizeof(buffer), 0);
        if (size <= 0) break;
        request.append(buffer, size);
      }
      ++requests_;
      const std::string answer = Answer();
      for (size_t sent = 0; sent < answer.size();) {
        const ssize_t size =
            send(peer.fd(), answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (size <= 0) break;
        sent += size;
      }
      if (answer.empty()) silent = std::move(peer);
    }
  }
  std::string Answer() const {
    MutexLock lock(mutex_);
    return answer_;
  }

  const OpenFile listener_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  int port_ = 0;
  std::atomic<int> requests_{0};
  mutable Mutex mutex_;
  std::string answer_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_TEST_HTTP_SERVER_H_
