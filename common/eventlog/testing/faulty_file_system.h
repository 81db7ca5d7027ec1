// FaultyFileSystem is a disk whose write-ahead log fails when a test says so, and that knows what a
// loss of power would leave of it. For tests only.
#ifndef SAKIP_COMMON_EVENTLOG_TESTING_FAULTY_FILE_SYSTEM_H_
#define SAKIP_COMMON_EVENTLOG_TESTING_FAULTY_FILE_SYSTEM_H_

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "common/base/mutex.h"

namespace sakip::eventlog {

// What a test breaks, and what it learns. Thread-safe.
struct Faults {
  std::atomic<bool> sync_fails = false;
  std::atomic<bool> disk_full = false;
  std::atomic<int> syncs = 0;  // Of write-ahead logs, failed ones too.

  // Bytes of a write-ahead log that a loss of power would leave; 0 where it was never synced.
  uint64_t SyncedBytes(const std::string& name) {
    MutexLock lock(mutex);
    return synced_bytes[name];
  }

  Mutex mutex;
  std::map<std::string, uint64_t> synced_bytes ABSL_GUARDED_BY(mutex);  // By file name.
};

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(Faults& faults)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}

  const char* Name() const override { return "FaultyFileSystem"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    const rocksdb::IOStatus status =
        FileSystemWrapper::NewWritableFile(name, options, &file, debug);
    if (status.ok() && absl::EndsWith(name, ".log")) {
      file = std::make_unique<WalFile>(std::move(file), name, faults_);
    }
    *result = std::move(file);
    return status;
  }

 private:
  class WalFile final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    WalFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, Faults& faults)
        : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), faults_(faults) {}

    using FSWritableFileOwnerWrapper::Append;
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      if (faults_.disk_full) return rocksdb::IOStatus::NoSpace("for a test");
      bytes_ += data.size();
      return FSWritableFileOwnerWrapper::Append(data, options, debug);
    }

    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      ++faults_.syncs;
      if (faults_.sync_fails) return rocksdb::IOStatus::IOError("sync failed for a test");
      const rocksdb::IOStatus status = FSWritableFileOwnerWrapper::Sync(options, debug);
      MutexLock lock(faults_.mutex);
      if (status.ok()) faults_.synced_bytes[name_] = bytes_;
      return status;
    }

   private:
    const std::string name_;
    uint64_t bytes_ = 0;
    Faults& faults_;
  };

  Faults& faults_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_TESTING_FAULTY_FILE_SYSTEM_H_
