// SyncedFile is the limit of everything durable: one writer that appends what is in flight as one
// piece to a file, and syncs it.
#ifndef SAKIP_TESTS_BENCH_SYNCED_FILE_H_
#define SAKIP_TESTS_BENCH_SYNCED_FILE_H_

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <string>

#include "common/base/log.h"
#include "common/testing/temp_dir.h"
#include "tests/bench/load.h"
#include "tests/bench/workload.h"

namespace sakip::bench {

// Not thread-safe. The file goes away with it; an error of the disk ends the process.
class SyncedFile {
 public:
  SyncedFile(size_t item_bytes, size_t items)
      : piece_(Text(item_bytes * items, 1)),
        items_(items),
        file_(open(directory_.File("file").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {
    SAKIP_CHECK(file_ >= 0);
  }
  ~SyncedFile() { close(file_); }
  SyncedFile(const SyncedFile&) = delete;
  SyncedFile& operator=(const SyncedFile&) = delete;

  // Items a second, and the time of one sync.
  Sample Run(std::chrono::duration<double> time) {
    Sample sample = RunThreads({.in_flight = 1, .time = time}, [this](size_t) {
      const auto size = static_cast<ssize_t>(piece_.size());
      SAKIP_CHECK(write(file_, piece_.data(), piece_.size()) == size);
      SAKIP_CHECK(fdatasync(file_) == 0);
    });
    sample.value *= static_cast<double>(items_);
    return sample;
  }

 private:
  const testing::TempDir directory_;
  const std::string piece_;
  const size_t items_;
  const int file_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SYNCED_FILE_H_
