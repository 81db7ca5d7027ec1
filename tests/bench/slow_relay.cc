#include "tests/bench/slow_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::bench {
namespace {

// Enough for the handshake of HTTP/2 and the first records.
constexpr uint64_t kFreeBytes = 16 * 1024;
constexpr std::chrono::seconds kByteTime{1};

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

uint16_t PortOf(const std::string& address) {
  return static_cast<uint16_t>(std::atoi(address.c_str() + address.rfind(':') + 1));
}

}  // namespace

SlowRelay::SlowRelay(const std::string& server)
    : listener_(socket(AF_INET, SOCK_STREAM, 0)), server_(socket(AF_INET, SOCK_STREAM, 0)) {
  SAKIP_CHECK(listener_ >= 0 && server_ >= 0);
  sockaddr_in here = Loopback(0);
  socklen_t size = sizeof(here);
  SAKIP_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&here), size) == 0);
  SAKIP_CHECK(listen(listener_, 1) == 0);
  SAKIP_CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size) == 0);
  address_ = absl::StrCat("127.0.0.1:", ntohs(here.sin_port));
  // The kernel shall not read ahead for the client.
  const int buffer_bytes = 4096;
  SAKIP_CHECK(setsockopt(server_, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof(buffer_bytes)) == 0);
  const sockaddr_in there = Loopback(PortOf(server));
  SAKIP_CHECK(connect(server_, reinterpret_cast<const sockaddr*>(&there), sizeof(there)) == 0);
  thread_ = std::thread([this] { Serve(); });
}

SlowRelay::~SlowRelay() {
  stopping_ = true;
  // Wakes the threads that read from them.
  for (const int end : {listener_, server_, client_.load()}) {
    if (end >= 0) shutdown(end, SHUT_RDWR);
  }
  thread_.join();
  for (const int end : {listener_, server_, client_.load()}) {
    if (end >= 0) close(end);
  }
}

void SlowRelay::Serve() {
  client_ = accept(listener_, nullptr, nullptr);
  if (client_ < 0) return;
  std::thread slow([this] { PassSlowly(); });
  char buffer[4096];
  ssize_t size = 0;
  while ((size = recv(client_, buffer, sizeof(buffer), 0)) > 0) {
    if (send(server_, buffer, static_cast<size_t>(size), MSG_NOSIGNAL) != size) break;
  }
  slow.join();
}

void SlowRelay::PassSlowly() {
  char buffer[1024];
  while (!stopping_) {
    const bool is_free = passed_ + sizeof(buffer) <= kFreeBytes;
    const ssize_t size = recv(server_, buffer, is_free ? sizeof(buffer) : 1, 0);
    if (size <= 0 || send(client_, buffer, static_cast<size_t>(size), MSG_NOSIGNAL) != size) return;
    passed_ += static_cast<uint64_t>(size);
    if (is_free) continue;
    const auto next_byte = std::chrono::steady_clock::now() + kByteTime;
    while (!stopping_ && std::chrono::steady_clock::now() < next_byte) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

}  // namespace sakip::bench
