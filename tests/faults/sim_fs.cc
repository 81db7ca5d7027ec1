#include "tests/faults/sim_fs.h"

#include <rocksdb/file_system.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace sakip::faults {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus ToStatus(DiskError error, const std::string& what) {
  switch (error) {
    case DiskError::kNone:
      return IOStatus::OK();
    case DiskError::kNoSpace:
      return IOStatus::NoSpace("simulated", what);
    case DiskError::kNotFound:
      return IOStatus::PathNotFound("simulated", what);
    case DiskError::kLocked:
      return IOStatus::IOError("locked", what);
    case DiskError::kIo:
      break;
  }
  return IOStatus::IOError("simulated", what);
}

std::string Normal(const std::string& path) {
  std::string normal;
  for (const char c : path) {
    if (c != '/' || normal.empty() || normal.back() != '/') normal += c;
  }
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

// What all open files are.
struct Handle {
  SimDisk& disk;
  std::shared_ptr<SimFile> file;
  std::string path;

  IOStatus Read(uint64_t offset, size_t size, Slice* result, char* scratch) const {
    std::string bytes;
    const DiskError error = disk.Read(*file, offset, size, bytes);
    std::memcpy(scratch, bytes.data(), bytes.size());
    *result = Slice(scratch, bytes.size());
    return ToStatus(error, path);
  }
  IOStatus Sync() { return ToStatus(disk.Sync(*file), path); }
};

class SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  explicit SequentialFile(Handle handle) : handle_(std::move(handle)) {}

  IOStatus Read(size_t size, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    const IOStatus status = handle_.Read(offset_, size, result, scratch);
    offset_ += result->size();
    return status;
  }
  IOStatus Skip(uint64_t size) override {
    offset_ += size;
    return IOStatus::OK();
  }

 private:
  const Handle handle_;
  uint64_t offset_ = 0;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  explicit RandomAccessFile(Handle handle) : handle_(std::move(handle)) {}

  IOStatus Read(uint64_t offset, size_t size, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return handle_.Read(offset, size, result, scratch);
  }

 private:
  const Handle handle_;
};

class WritableFile final : public rocksdb::FSWritableFile {
 public:
  explicit WritableFile(Handle handle) : handle_(std::move(handle)) {}

  using FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
    return ToStatus(handle_.disk.Append(*handle_.file, {data.data(), data.size()}), handle_.path);
  }
  IOStatus Truncate(uint64_t size, const IOOptions&, IODebugContext*) override {
    return ToStatus(handle_.disk.Truncate(*handle_.file, size), handle_.path);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return handle_.Sync(); }
  uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    return handle_.disk.Size(*handle_.file);
  }

 private:
  Handle handle_;
};

class RandomRWFile final : public rocksdb::FSRandomRWFile {
 public:
  explicit RandomRWFile(Handle handle) : handle_(std::move(handle)) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions&, IODebugContext*) override {
    return ToStatus(handle_.disk.Write(*handle_.file, offset, {data.data(), data.size()}),
                    handle_.path);
  }
  IOStatus Read(uint64_t offset, size_t size, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return handle_.Read(offset, size, result, scratch);
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return handle_.Sync(); }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  Handle handle_;
};

class Directory final : public rocksdb::FSDirectory {
 public:
  Directory(SimDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.SyncFolder(path_), path_);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  SimDisk& disk_;
  const std::string path_;
};

class Lock final : public rocksdb::FileLock {
 public:
  explicit Lock(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// What RocksDB tells about itself is of no interest.
class SilentLogger final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
  size_t GetLogFileSize() const override { return 0; }

 private:
  rocksdb::Status CloseImpl() override { return rocksdb::Status::OK(); }
};

class SimFs final : public rocksdb::FileSystem {
 public:
  explicit SimFs(SimDisk& disk) : disk_(disk) {}
  const char* Name() const override { return "SimFs"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext*) override {
    return Open<SequentialFile>(path, result);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext*) override {
    return Open<RandomAccessFile>(path, result);
  }
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                           IODebugContext*) override {
    return Open<RandomRWFile>(path, result);
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions&,
                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                              IODebugContext*) override {
    return Open<WritableFile>(path, result);
  }
  IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext*) override {
    Handle handle = {disk_, nullptr, Normal(path)};
    const DiskError error = disk_.Create(handle.path, handle.file);
    if (error != DiskError::kNone) return ToStatus(error, path);
    *result = std::make_unique<WritableFile>(std::move(handle));
    return IOStatus::OK();
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
    if (!disk_.Exists(Normal(path))) return ToStatus(DiskError::kNotFound, path);
    *result = std::make_unique<Directory>(disk_, Normal(path));
    return IOStatus::OK();
  }
  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.Exists(Normal(path)) ? IOStatus::OK() : IOStatus::NotFound(path);
  }
  IOStatus GetChildren(const std::string& path, const IOOptions&, std::vector<std::string>* result,
                       IODebugContext*) override {
    if (!disk_.Exists(Normal(path))) return IOStatus::NotFound(path);
    *result = disk_.Children(Normal(path));
    return IOStatus::OK();
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.Remove(Normal(path)), path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.MakeFolder(Normal(path)), path);
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* debug) override {
    return disk_.Exists(Normal(path)) ? IOStatus::OK() : CreateDir(path, options, debug);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return ToStatus(disk_.Remove(Normal(path)), path);
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, uint64_t* size,
                       IODebugContext*) override {
    std::shared_ptr<SimFile> file;
    const DiskError error = disk_.Open(Normal(path), file);
    *size = file == nullptr ? 0 : disk_.Size(*file);
    return ToStatus(error, path);
  }
  IOStatus GetFileModificationTime(const std::string&, const IOOptions&, uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return ToStatus(disk_.Rename(Normal(from), Normal(to)), from);
  }
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions&,
                    IODebugContext*) override {
    return ToStatus(disk_.Link(Normal(from), Normal(to)), from);
  }
  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    const DiskError error = disk_.Lock(Normal(path));
    if (error == DiskError::kNone) *lock = new Lock(Normal(path));
    return ToStatus(error, path);
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<Lock> owned(static_cast<Lock*>(lock));
    disk_.Unlock(owned->path());
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
    *path = "/";
    return IOStatus::OK();
  }
  IOStatus NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* result,
                     IODebugContext*) override {
    *result = std::make_shared<SilentLogger>();
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* result,
                           IODebugContext*) override {
    *result = Normal(path);
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_folder,
                       IODebugContext*) override {
    return disk_.Exists(Normal(path), is_folder) ? IOStatus::OK() : IOStatus::NotFound(path);
  }

 private:
  template <typename File, typename Interface>
  IOStatus Open(const std::string& path, std::unique_ptr<Interface>* result) {
    Handle handle = {disk_, nullptr, Normal(path)};
    const DiskError error = disk_.Open(handle.path, handle.file);
    if (error != DiskError::kNone) return ToStatus(error, path);
    *result = std::make_unique<File>(std::move(handle));
    return IOStatus::OK();
  }

  SimDisk& disk_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> NewSimEnv(SimDisk& disk) {
  return rocksdb::NewCompositeEnv(std::make_shared<SimFs>(disk));
}

}  // namespace sakip::faults
