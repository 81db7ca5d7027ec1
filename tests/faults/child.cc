#include "tests/faults/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/log.h"

extern char** environ;

namespace sakip::faults {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

std::string ThisProgram() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

Child::Child(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
  std::vector<std::string> all = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) all.push_back(*variable);
  const std::vector<char*> arguments = Pointers(command);
  const std::vector<char*> variables = Pointers(all);
  int ends[2];
  SAKIP_CHECK(pipe2(ends, O_CLOEXEC) == 0);
  pid_ = fork();
  SAKIP_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execve(arguments[0], arguments.data(), variables.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
}

Child::~Child() {
  if (pid_ != 0) {
    Kill();
    Wait();
  }
  close(output_);
}

bool Child::ReadUntil(absl::Time moment) {
  while (true) {
    const absl::Duration left = moment - absl::Now();
    if (left <= absl::ZeroDuration()) return true;
    pollfd waiting = {output_, POLLIN, 0};
    const timespec timeout = absl::ToTimespec(left);
    if (ppoll(&waiting, 1, &timeout, nullptr) > 0 && !ReadSome()) return false;
  }
}

bool Child::ReadUntilLine(const std::string& line) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (absl::Now() < deadline) {
    if (absl::StrCat("\n", text_).find(absl::StrCat("\n", line, "\n")) != std::string::npos) {
      return true;
    }
    if (!ReadSome()) return false;
  }
  return false;
}

bool Child::ReadAll(absl::Duration patience) { return !ReadUntil(absl::Now() + patience); }

void Child::Kill() { SAKIP_CHECK(kill(pid_, SIGKILL) == 0); }

int Child::Wait() {
  if (pid_ != 0) {
    while (ReadSome()) {
    }
    SAKIP_CHECK(waitpid(pid_, &status_, 0) == pid_);
    pid_ = 0;
  }
  return status_;
}

std::vector<std::string> Child::Lines() const {
  return absl::StrSplit(text_, '\n', absl::SkipEmpty());
}

bool Child::ReadSome() {
  char buffer[16 * 1024];
  const ssize_t size = read(output_, buffer, sizeof buffer);
  if (size <= 0) return false;
  text_.append(buffer, static_cast<size_t>(size));
  return true;
}

std::string Ended(int status) {
  return WIFSIGNALED(status) ? absl::StrCat("signal ", WTERMSIG(status))
                             : absl::StrCat("exit ", WEXITSTATUS(status));
}

void Print(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    _exit(EXIT_FAILURE);
  }
}

void GiveUp(const absl::Status& why) {
  std::cerr << why << std::endl;
  _exit(EXIT_FAILURE);
}

}  // namespace sakip::faults
