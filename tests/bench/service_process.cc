#include "tests/bench/service_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/log.h"

extern char** environ;

namespace sakip::bench {
namespace {

constexpr absl::Duration kPatience = absl::Minutes(1);
constexpr size_t kKibibyte = 1024;
constexpr size_t kBlockBytes = 512;  // Of st_blocks.

// Beside the folder of the benchmarks, whatever that is called.
std::string PathOf(const std::string& program) {
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  return (self.parent_path().parent_path() / "bin" / program).string();
}

}  // namespace

ServiceProcess::ServiceProcess(const std::string& program, std::string folder,
                               const std::vector<std::string>& more_flags)
    : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  const std::string address_file = folder_ + "/address";
  std::filesystem::remove(address_file);
  std::vector<std::string> arguments = {PathOf(program), "--listen=127.0.0.1:0",
                                        "--address_file=" + address_file,
                                        "--data_dir=" + data_dir()};
  arguments.insert(arguments.end(), more_flags.begin(), more_flags.end());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  SAKIP_CHECK(posix_spawn_file_actions_init(&actions) == 0);
  const std::string log = folder_ + "/log.jsonl";
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  const int spawned =
      posix_spawn(&process_, arguments[0].c_str(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) std::cerr << arguments[0] << " does not start; build it\n";
  SAKIP_CHECK(spawned == 0);
  const absl::Time deadline = absl::Now() + kPatience;
  while (address_.empty()) {
    SAKIP_CHECK(absl::Now() < deadline && waitpid(process_, nullptr, WNOHANG) == 0);
    absl::SleepFor(absl::Milliseconds(1));
    std::ifstream file(address_file);  // Written in one piece.
    std::getline(file, address_);
  }
}

ServiceProcess::~ServiceProcess() {
  kill(process_, SIGTERM);
  int status = 0;
  SAKIP_CHECK(waitpid(process_, &status, 0) == process_ && status == 0);
}

size_t ServiceProcess::StatusBytes(const std::string& field) const {
  std::ifstream file(absl::StrCat("/proc/", process_, "/status"));
  for (std::string line; std::getline(file, line);) {
    if (!absl::StartsWith(line, field)) continue;
    return std::stoull(line.substr(field.size())) * kKibibyte;
  }
  SAKIP_CHECK(false);
}

size_t ServiceProcess::ResidentBytes() const { return StatusBytes("VmRSS:"); }
size_t ServiceProcess::MostResidentBytes() const { return StatusBytes("VmHWM:"); }

double ServiceProcess::CpuSeconds() const {
  std::ifstream file(absl::StrCat("/proc/", process_, "/stat"));
  std::string line;
  SAKIP_CHECK(static_cast<bool>(std::getline(file, line)));
  // The name in parentheses may hold blanks; user and system time are the 12th and 13th after it.
  const std::vector<std::string> fields = absl::StrSplit(line.substr(line.rfind(')') + 2), ' ');
  return static_cast<double>(std::stoull(fields.at(11)) + std::stoull(fields.at(12))) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

size_t ServiceProcess::DiskBytes() const {
  size_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data_dir())) {
    struct stat file {};
    if (entry.path().filename() == "BALLAST" || stat(entry.path().c_str(), &file) != 0) continue;
    if (S_ISREG(file.st_mode)) bytes += static_cast<size_t>(file.st_blocks) * kBlockBytes;
  }
  return bytes;
}

}  // namespace sakip::bench
