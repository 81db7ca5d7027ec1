// IdleFollowers are followers in a process of their own, so that what they cost the server can be
// told from what they cost themselves.
#ifndef SAKIP_TESTS_BENCH_IDLE_FOLLOWERS_H_
#define SAKIP_TESTS_BENCH_IDLE_FOLLOWERS_H_

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace sakip::bench {

// Not thread-safe.
class IdleFollowers {
 public:
  // Starts this program again as `--follow=ADDRESS --followers=COUNT`, and returns when all of them
  // follow.
  IdleFollowers(const std::string& address, size_t count);
  ~IdleFollowers();  // Ends the process.
  IdleFollowers(const IdleFollowers&) = delete;
  IdleFollowers& operator=(const IdleFollowers&) = delete;

  // What the process does: follows, says so on standard output, and returns when standard input is
  // closed.
  static void Follow(const std::string& address, size_t count);

 private:
  pid_t process_ = -1;
  int input_ = -1;  // The process ends when this is closed.
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_IDLE_FOLLOWERS_H_
