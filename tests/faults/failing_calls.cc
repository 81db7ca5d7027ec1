// A library that is loaded before the C library (LD_PRELOAD) and makes one call on files fail. It
// needs no privileges, and what it does depends on nothing but the number of the call.
//
//   FAULT_FOLDER  calls on files whose path begins so are counted, all others pass; several
//                 beginnings stand with a colon between
//   FAULT_STATE   a file of at least eight bytes that is mapped: the number of calls so far
//   FAULT_CALL    number of the call that fails, from 1; 0 for none. Who started the program may
//                 raise the number in FAULT_STATE, so that the next call is the one
//   FAULT_KIND    kill: the process is killed before the call
//                 hang: this call and all later ones do not return
//                 EIO, ENOSPC: the call fails, for a write on this file all later ones as well
//                 short: half is written, and what follows on this file is ENOSPC; half is read;
//                 other calls fail with EINTR, which is tried again
//                 once: as EIO, and later calls succeed: who tries again must not believe them
//                 No read fails with ENOSPC: it is EIO there.
//
// The line `fault CALL PATH` goes to standard output, where it stands in order with the lines of
// the program.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace {

constexpr int kFilesMax = 4096;

struct State {
  const char* folder = getenv("FAULT_FOLDER");
  const char* kind = getenv("FAULT_KIND");
  uint64_t call = strtoull(getenv("FAULT_CALL"), nullptr, 10);
  std::atomic<uint64_t>* calls = nullptr;
  std::atomic<bool> watched[kFilesMax] = {};  // Files below the folder, by descriptor.
  std::atomic<int> full = -1;                 // The file whose writes go on failing.
};

template <typename Function>
Function Real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

State& Get() {
  static State* const state = [] {
    auto* made = new State;
    const int file = Real<int (*)(const char*, int, ...)>("open")(getenv("FAULT_STATE"), O_RDWR);
    void* const memory = mmap(nullptr, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) abort();
    made->calls = static_cast<std::atomic<uint64_t>*>(memory);
    return made;
  }();
  return *state;
}

bool Below(const char* path) {
  const char* folder = Get().folder;
  while (true) {
    const size_t size = strcspn(folder, ":");
    if (strncmp(path, folder, size) == 0) return true;
    if (folder[size] == '\0') return false;
    folder += size + 1;
  }
}

bool Watched(int file) { return file >= 0 && file < kFilesMax && Get().watched[file]; }

bool Is(const char* kind) { return strcmp(Get().kind, kind) == 0; }

// Counts the call; true where it is the one to fail. Does not return where that is its end.
bool Fails(const char* call, const char* path) {
  const uint64_t number = ++*Get().calls;
  const uint64_t failing = Get().call;
  while (Is("hang") && failing != 0 && number >= failing) pause();
  if (number != failing) return false;
  char line[4096 + 64];
  const int size = snprintf(line, sizeof line, "fault %s %s\n", call, path);
  if (Real<ssize_t (*)(int, const void*, size_t)>("write")(STDOUT_FILENO, line,
                                                           static_cast<size_t>(size)) != size) {
    abort();
  }
  if (Is("kill")) kill(getpid(), SIGKILL);
  errno = Is("ENOSPC") ? ENOSPC : Is("short") ? EINTR : EIO;
  return true;
}

bool Fails(const char* call, int file) {
  if (!Watched(file)) return false;
  char name[64];
  char path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  const ssize_t size = readlink(name, path, sizeof path - 1);
  path[size < 0 ? 0 : size] = '\0';
  return Fails(call, path);
}

enum class Outcome { kReal, kHalf, kFailed };

Outcome OfWrite(const char* call, int file) {
  if (Watched(file) && Get().full == file) {
    ++*Get().calls;
    errno = Is("EIO") ? EIO : ENOSPC;
    return Outcome::kFailed;
  }
  if (!Fails(call, file)) return Outcome::kReal;
  if (!Is("once")) Get().full = file;
  return Is("short") ? Outcome::kHalf : Outcome::kFailed;
}

// Reads; true where the call fails. A short one reads half.
bool ReadFails(const char* call, int file, size_t* size) {
  if (!Fails(call, file)) return false;
  if (Is("short")) {
    *size = (*size + 1) / 2;
    return false;
  }
  errno = EIO;
  return true;
}

int Opened(int file, const char* path) {
  if (file >= 0 && file < kFilesMax) Get().watched[file] = Below(path);
  return file;
}

mode_t ModeOf(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

int OpenOrFail(const char* name, const char* path, int flags, mode_t mode) {
  if (Below(path) && Fails(name, path)) return -1;
  const auto real = Real<int (*)(const char*, int, ...)>(name);
  return Opened(real(path, flags, mode), path);
}

template <typename... Arguments>
int OnFile(const char* name, int file, Arguments... arguments) {
  if (Fails(name, file)) return -1;
  return Real<int (*)(int, Arguments...)>(name)(file, arguments...);
}

template <typename... Arguments>
int OnPath(const char* name, const char* path, Arguments... arguments) {
  if (Below(path) && Fails(name, path)) return -1;
  return Real<int (*)(const char*, Arguments...)>(name)(path, arguments...);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = ModeOf(flags, arguments);
  va_end(arguments);
  return OpenOrFail("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = ModeOf(flags, arguments);
  va_end(arguments);
  return OpenOrFail("open64", path, flags, mode);
}

int close(int file) {
  if (file >= 0 && file < kFilesMax) {
    Get().watched[file] = false;
    int full = file;
    Get().full.compare_exchange_strong(full, -1);
  }
  return Real<int (*)(int)>("close")(file);
}

ssize_t write(int file, const void* bytes, size_t size) {
  const Outcome outcome = OfWrite("write", file);
  if (outcome == Outcome::kFailed) return -1;
  return Real<ssize_t (*)(int, const void*, size_t)>("write")(
      file, bytes, outcome == Outcome::kHalf ? (size + 1) / 2 : size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  const Outcome outcome = OfWrite("pwrite", file);
  if (outcome == Outcome::kFailed) return -1;
  return Real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64")(
      file, bytes, outcome == Outcome::kHalf ? (size + 1) / 2 : size, offset);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  return pwrite64(file, bytes, size, offset);
}

ssize_t read(int file, void* bytes, size_t size) {
  if (ReadFails("read", file, &size)) return -1;
  return Real<ssize_t (*)(int, void*, size_t)>("read")(file, bytes, size);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t offset) {
  if (ReadFails("pread", file, &size)) return -1;
  return Real<ssize_t (*)(int, void*, size_t, off64_t)>("pread64")(file, bytes, size, offset);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
  return pread64(file, bytes, size, offset);
}

// What RocksDB reads from beginning to end.
size_t fread_unlocked(void* bytes, size_t size, size_t count, FILE* file) {
  if (ReadFails("fread", fileno(file), &count)) return 0;
  return Real<size_t (*)(void*, size_t, size_t, FILE*)>("fread_unlocked")(bytes, size, count, file);
}

int fdatasync(int file) { return OnFile("fdatasync", file); }
int fsync(int file) { return OnFile("fsync", file); }
int sync_file_range(int file, off64_t offset, off64_t size, unsigned flags) {
  return OnFile("sync_file_range", file, offset, size, flags);
}
int ftruncate(int file, off_t size) { return OnFile("ftruncate", file, size); }
int ftruncate64(int file, off64_t size) { return OnFile("ftruncate64", file, size); }
int fallocate(int file, int mode, off_t offset, off_t size) {
  return OnFile("fallocate", file, mode, offset, size);
}
int fallocate64(int file, int mode, off64_t offset, off64_t size) {
  return OnFile("fallocate64", file, mode, offset, size);
}
int rename(const char* from, const char* to) { return OnPath("rename", from, to); }
int link(const char* from, const char* to) { return OnPath("link", from, to); }
int unlink(const char* path) { return OnPath("unlink", path); }
int mkdir(const char* path, mode_t mode) { return OnPath("mkdir", path, mode); }

}  // extern "C"
