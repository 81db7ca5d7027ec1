// Tries a target without libFuzzer, for the test run:
//
//   x_fuzz [--runs=N] [--seed=N] [FILE or FOLDER]...
//
// First the seeds and the files, then so many inputs made from them, the same each time. Where an
// input ends the process its number is printed; --runs=NUMBER ends with it. Files that come one by
// one are for what a fuzzer found.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "common/base/log.h"
#include "tests/fuzz/target.h"

ABSL_FLAG(int, runs, 2000, "Inputs to make.");
ABSL_FLAG(uint64_t, seed, 1, "Of the random numbers.");

namespace sakip::fuzz {
namespace {

constexpr size_t kInputBytesMax = 64 << 10;

// What runs now, for the last words of the process.
std::string& Running() {
  static std::string& running = *new std::string;
  return running;
}

void TellAndDie(int signal) {
  std::fprintf(stderr, "ended by signal %d in %s\n", signal, Running().c_str());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int Run(const std::vector<char*>& arguments) {
  std::vector<std::string> pool = Seeds();
  for (size_t i = 1; i < arguments.size(); ++i) {
    for (const auto& path : FilesIn(arguments[i])) pool.push_back(ReadFile(path));
  }
  for (const std::string& input : pool) {
    Running() = "an input that was given";
    Try(input);
  }
  Random random(absl::GetFlag(FLAGS_seed));
  const int runs = absl::GetFlag(FLAGS_runs);
  pool.push_back("");
  for (int i = 0; i < runs; ++i) {
    Running() = "run " + std::to_string(i + 1);
    Try(Mutate(pool[random() % pool.size()], kInputBytesMax, random));
  }
  std::cout << pool.size() - 1 << " inputs given, " << runs << " made with seed "
            << absl::GetFlag(FLAGS_seed) << "\n";
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace sakip::fuzz

int main(int argc, char** argv) {
  sakip::SetLogLevel(sakip::LogLevel::kError);
  google::protobuf::SetLogHandler(nullptr);  // It tells of every text that is no UTF-8.
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) {
    std::signal(signal, sakip::fuzz::TellAndDie);
  }
  return sakip::fuzz::Run(arguments);
}
