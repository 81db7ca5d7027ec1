// Child is a program that a campaign starts, listens to and ends.
#ifndef SAKIP_TESTS_FAULTS_CHILD_H_
#define SAKIP_TESTS_FAULTS_CHILD_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace sakip::faults {

// The program that runs now: a campaign starts itself to have a process to kill.
std::string ThisProgram();

// Not thread-safe. Whatever fails here ends the driver.
class Child {
 public:
  // Starts `command`; `environment` are additional NAME=value. Its standard output is read here.
  explicit Child(const std::vector<std::string>& command,
                 const std::vector<std::string>& environment = {});
  ~Child();  // Kills it where it still runs.
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads what it prints until the moment has come. False where its output has ended.
  bool ReadUntil(absl::Time moment);

  // Reads until it has printed this line, for a minute at most; false where it never did.
  bool ReadUntilLine(const std::string& line);

  // Reads all that it prints, for so long at most; false where it did not end in time.
  bool ReadAll(absl::Duration patience);

  void Kill();

  // Waits until it has ended and returns its status as waitpid() has it.
  int Wait();

  // The whole lines that it printed; call it once it has ended. A line is one write() of it, hence
  // none is cut off.
  std::vector<std::string> Lines() const;

 private:
  bool ReadSome();

  pid_t pid_ = 0;  // 0 once it was waited for.
  int status_ = 0;
  int output_ = -1;
  std::string text_;
};

// How a program ended, for people: `exit 1`, `signal 9`.
std::string Ended(int status);

// The two below are for the child itself; thread-safe.

// Prints whole lines by one write(), so that none is cut off by a kill. Where nobody reads it the
// process ends.
void Print(const std::string& line);

// Ends the process and says why on standard error.
[[noreturn]] void GiveUp(const absl::Status& why);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_CHILD_H_
