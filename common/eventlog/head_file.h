// HeadFile is the log's own note of how far it was acknowledged, outside the storage engine: an
// engine that opens with records missing cannot go unnoticed. Layout and order of writes are
// FORMAT.md.
#ifndef SAKIP_COMMON_EVENTLOG_HEAD_FILE_H_
#define SAKIP_COMMON_EVENTLOG_HEAD_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/merkle/hash.h"

namespace rocksdb {
class Env;
class RandomRWFile;
}  // namespace rocksdb

namespace sakip::eventlog {

// What was acknowledged. A value.
struct Head {
  uint64_t sequence = 0;   // Of this note: one more with each.
  uint64_t epoch = 0;      // How often the log was opened for writing.
  uint64_t size = 0;       // Number of records.
  merkle::Hash root = {};  // Of the tree over them.

  friend bool operator==(const Head&, const Head&) = default;
};

// A note as it is stored, and back; nothing where the bytes are none or were changed.
std::string EncodeHead(const Head& head);
std::optional<Head> DecodeHead(absl::string_view slot);

// Two slots that are written in turn, so that a write that is cut off leaves the other. Not
// thread-safe. Errors are those of the disk, UNAVAILABLE, and
//
//   DATA_LOSS            LOG_DAMAGED    neither slot holds a note.
//   FAILED_PRECONDITION  LOG_TAKEN_OVER  another process wrote since: two writers.
class HeadFile {
 public:
  // Makes a file with this note, in place and on disk as a whole when it returns.
  static absl::Status Create(rocksdb::Env& env, const std::string& path, const Head& first);

  // Reads the newest note. Borrows `env`.
  static absl::StatusOr<std::unique_ptr<HeadFile>> Open(rocksdb::Env& env, const std::string& path);

  ~HeadFile();

  // Notes that the log has `size` records with this root; on disk when it returns.
  absl::Status Write(uint64_t size, const merkle::Hash& root);

  // The same, and from now on in an epoch of its own.
  absl::Status BeginEpoch(uint64_t size, const merkle::Hash& root);

  // Checks that nobody else has written.
  absl::Status CheckOwned() const;

  const Head& head() const { return newest_; }

 private:
  HeadFile(std::unique_ptr<rocksdb::RandomRWFile> file, std::string slots, const Head& newest);

  absl::Status Write(Head head);

  const std::unique_ptr<rocksdb::RandomRWFile> file_;
  std::string slots_;  // The bytes of the file as they must be.
  Head newest_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_HEAD_FILE_H_
