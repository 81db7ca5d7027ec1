// A log on disk for a benchmark, in a folder of its own that goes away with it.
#ifndef SAKIP_TESTS_BENCH_BENCH_LOG_H_
#define SAKIP_TESTS_BENCH_BENCH_LOG_H_

#include <memory>
#include <string>

#include "common/eventlog/rocks_event_log.h"
#include "common/testing/temp_dir.h"

namespace sakip::bench {

// Thread-safe as EventLog is. TMPDIR says on which disk.
class BenchLog {
 public:
  BenchLog() : log_(eventlog::RocksEventLog::Open({.directory = directory_.File("log")}).value()) {}

  eventlog::EventLog& operator*() { return *log_; }
  eventlog::EventLog* operator->() { return log_.get(); }
  std::string directory() const { return directory_.File("log"); }

 private:
  const testing::TempDir directory_;
  const std::unique_ptr<eventlog::EventLog> log_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_BENCH_LOG_H_
