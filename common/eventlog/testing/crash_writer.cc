// Appends to the log in the directory given until it is killed. Prints `open` once and then a line
// `writer revision position` for each request that was acknowledged; each line is one write().
#include "common/eventlog/testing/crash_writer.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

#include "common/eventlog/rocks_event_log.h"

namespace sakip::eventlog {
namespace {

void Print(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    _exit(EXIT_FAILURE);
  }
}

void AppendForEver(EventLog& log, int writer) {
  while (true) {
    const auto revision = log.StreamRevision(CrashStream(writer));
    if (!revision.ok()) _exit(EXIT_FAILURE);
    const auto result = AppendNow(log, CrashRequest(writer, *revision));
    if (!result.ok()) {
      std::cerr << result.status() << "\n";
      _exit(EXIT_FAILURE);
    }
    Print(absl::StrCat(writer, " ", *revision, " ", result->first_position, "\n"));
  }
}

}  // namespace
}  // namespace sakip::eventlog

int main(int, char** argv) {
  // Small buffers, so that kills also meet flushes and compactions.
  auto log =
      sakip::eventlog::RocksEventLog::Open({.directory = argv[1], .write_buffer_bytes = 64 * 1024});
  if (!log.ok()) {
    std::cerr << log.status() << "\n";
    return EXIT_FAILURE;
  }
  sakip::eventlog::Print("open\n");
  std::vector<std::thread> writers;
  for (int writer = 0; writer < sakip::eventlog::kCrashWriters; ++writer) {
    writers.emplace_back([&log, writer] { sakip::eventlog::AppendForEver(**log, writer); });
  }
  for (std::thread& writer : writers) writer.join();
}
