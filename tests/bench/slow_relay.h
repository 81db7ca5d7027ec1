// SlowRelay is a connection that passes one byte a second: between a client and a server it hands
// on what the client sends, and what the server sends after a first few KiB byte by byte.
#ifndef SAKIP_TESTS_BENCH_SLOW_RELAY_H_
#define SAKIP_TESTS_BENCH_SLOW_RELAY_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace sakip::bench {

// Takes one connection. Thread-safe; the destructor breaks it off.
class SlowRelay {
 public:
  // `server` is `127.0.0.1:PORT`.
  explicit SlowRelay(const std::string& server);
  ~SlowRelay();
  SlowRelay(const SlowRelay&) = delete;
  SlowRelay& operator=(const SlowRelay&) = delete;

  // Where a client connects to, `127.0.0.1:PORT`.
  const std::string& address() const { return address_; }

  // Bytes of the server that were handed on.
  uint64_t passed() const { return passed_; }

 private:
  void Serve();
  void PassSlowly();

  int listener_ = -1;
  int server_ = -1;
  std::atomic<int> client_ = -1;
  std::string address_;
  std::atomic<bool> stopping_ = false;
  std::atomic<uint64_t> passed_ = 0;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SLOW_RELAY_H_
