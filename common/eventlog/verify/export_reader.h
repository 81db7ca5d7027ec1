// ExportReader reads an export file in chunks of whole records, and knows nothing of what they say.
//
// Not thread-safe; the chunks are immutable once returned.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_READER_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/merkle/hash.h"

namespace sakip::eventlog {

// Consecutive records, about a MiB of them.
struct ExportChunk {
  struct Frame {
    size_t offset = 0;
    size_t size = 0;  // Of the record; its leaf hash follows it.
  };

  absl::string_view record(const Frame& frame) const {
    return absl::string_view(bytes).substr(frame.offset, frame.size);
  }
  merkle::Hash leaf_hash(const Frame& frame) const {
    return *merkle::ToHash(
        absl::string_view(bytes).substr(frame.offset + frame.size, merkle::kHashBytes));
  }

  uint64_t first_position = 0;
  std::vector<Frame> frames;
  std::string bytes;
  bool is_last = false;  // The end of the records was read.
};

class ExportReader {
 public:
  //   NOT_FOUND  EXPORT_UNREADABLE  the system's error.
  //   DATA_LOSS  EXPORT_DAMAGED     it does not start as an export file does.
  static absl::StatusOr<std::unique_ptr<ExportReader>> Open(const std::string& path);
  ~ExportReader();
  ExportReader(const ExportReader&) = delete;
  ExportReader& operator=(const ExportReader&) = delete;

  const std::string& origin() const { return origin_; }
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_total() const { return bytes_total_; }

  // Fills `chunk` with the next records, also where it returns an error: those before it.
  //
  //   DATA_LOSS  LOG_DAMAGED        the frame of a record is wrong; names its position.
  //   NOT_FOUND  EXPORT_UNREADABLE  the system's error.
  absl::Status Next(ExportChunk& chunk);

  // The note after the last chunk, where the file must end.
  //
  //   DATA_LOSS  EXPORT_DAMAGED  it is cut off, or something follows it.
  absl::StatusOr<std::string> CheckpointNote();

 private:
  ExportReader(std::string path, int file) : path_(std::move(path)), file_(file) {}

  absl::Status ReadHead();
  // Reads until `rest_` holds `size` bytes or the file ends.
  absl::Status Fill(size_t size);
  // Makes sure that `rest_` holds the next frame whole where it starts with it.
  absl::Status HaveFrame(size_t record_bytes, size_t frame_bytes);

  const std::string path_;
  const int file_;
  std::string origin_;
  std::string rest_;  // Read and not yet returned.
  uint64_t position_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_total_ = 0;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_READER_H_
