// TestConnection speaks HTTP/2 with a server frame by frame, as slowly and as wrongly as a test
// wants; ConnectTo is for what is no HTTP/2 at all.
#ifndef SAKIP_COMMON_RPC_TEST_CONNECTION_H_
#define SAKIP_COMMON_RPC_TEST_CONNECTION_H_

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/big_endian.h"
#include "common/base/open_file.h"

namespace sakip::rpc {

// Connects to `127.0.0.1:port`. What is read from it gives up after 20 s.
inline OpenFile ConnectTo(const std::string& address) {
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  OpenFile connection(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval patience{20, 0};
  setsockopt(connection.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<uint16_t>(port));
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(connection.fd(), reinterpret_cast<sockaddr*>(&peer), sizeof(peer)), 0);
  return connection;
}

// Sends all of it, or as much as the peer takes before it goes.
inline void SendTo(const OpenFile& connection, absl::string_view bytes) {
  send(connection.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

// The next bytes, at most `most`; empty once the peer has gone. The test fails where nothing comes.
inline std::string ReceiveFrom(const OpenFile& connection, size_t most) {
  std::string bytes(most, '\0');
  const ssize_t size = recv(connection.fd(), bytes.data(), bytes.size(), 0);
  EXPECT_FALSE(size < 0 && errno == EAGAIN) << "the server neither sent nor closed anything";
  bytes.resize(size < 0 ? 0 : static_cast<size_t>(size));
  return bytes;
}

// RFC 9113, as far as tests need it.
struct Frame {
  enum Type : uint8_t {
    kHeaders = 1,
    kResetStream = 3,
    kSettings = 4,
    kPing = 6,
    kGoAway = 7,
  };
  static constexpr uint8_t kAck = 1;         // Of SETTINGS and PING.
  static constexpr uint8_t kEndStream = 1;   // Of HEADERS.
  static constexpr uint8_t kEndHeaders = 4;  // Of HEADERS.

  uint8_t type = 0;
  uint8_t flags = 0;
  uint32_t stream = 0;  // 0: of the connection.
  std::string payload{};

  bool IsAck() const { return (flags & kAck) != 0; }
};

// Not thread-safe.
class TestConnection {
 public:
  explicit TestConnection(const std::string& address) : socket_(ConnectTo(address)) {}

  // Says what a client begins with.
  void Greet() {
    SendTo(socket_, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    Send({Frame::kSettings});
  }

  void Send(const Frame& frame) {
    SendTo(socket_,
           absl::StrCat(BigEndian(frame.payload.size(), 3), BigEndian(frame.type, 1),
                        BigEndian(frame.flags, 1), BigEndian(frame.stream, 4), frame.payload));
  }

  // Begins a call and sends no message. `timeout` as in `grpc-timeout: 100m`; empty: none.
  void BeginCall(uint32_t stream, const std::string& path, const std::string& timeout = "") {
    std::string headers;
    const auto add = [&headers](absl::string_view name, absl::string_view value) {
      absl::StrAppend(&headers, BigEndian(0, 1), BigEndian(name.size(), 1), name,
                      BigEndian(value.size(), 1), value);
    };
    add(":method", "POST");
    add(":scheme", "http");
    add(":path", path);
    add(":authority", "localhost");
    add("te", "trailers");
    add("content-type", "application/grpc");
    if (!timeout.empty()) add("grpc-timeout", timeout);
    Send({Frame::kHeaders, Frame::kEndHeaders, stream, headers});
  }

  // Asks for a sign of life, which is the next PING with kAck.
  void Ping() { Send({Frame::kPing, 0, 0, "12345678"}); }

  // The next frame, and nothing once the server has closed the connection. Its SETTINGS are
  // acknowledged, its PINGs are not.
  std::optional<Frame> Read() {
    constexpr size_t kHeadBytes = 9;
    const std::string head = ReadBytes(kHeadBytes);
    if (head.size() < kHeadBytes) return std::nullopt;
    const auto number = [&head](size_t at, size_t size) {
      return FromBigEndian(absl::string_view(head).substr(at, size));
    };
    Frame frame{static_cast<uint8_t>(number(3, 1)), static_cast<uint8_t>(number(4, 1)),
                static_cast<uint32_t>(number(5, 4)), ReadBytes(number(0, 3))};
    if (frame.type == Frame::kSettings && !frame.IsAck()) Send({Frame::kSettings, Frame::kAck});
    return frame;
  }

  // The next frame of `type`, whatever comes before it; nothing where the connection was closed.
  std::optional<Frame> ReadUntil(Frame::Type type) {
    std::optional<Frame> frame = Read();
    while (frame.has_value() && frame->type != type) frame = Read();
    return frame;
  }

  // Reads until the server has closed the connection. Returns the frames of `type`.
  std::vector<Frame> ReadToEnd(Frame::Type type) {
    std::vector<Frame> frames;
    while (std::optional<Frame> frame = ReadUntil(type)) frames.push_back(*std::move(frame));
    return frames;
  }

 private:
  // Fewer where the connection was closed.
  std::string ReadBytes(size_t size) {
    std::string bytes;
    while (bytes.size() < size) {
      const std::string more = ReceiveFrom(socket_, size - bytes.size());
      if (more.empty()) break;
      bytes += more;
    }
    return bytes;
  }

  const OpenFile socket_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_TEST_CONNECTION_H_
