// EventLog is an append-only, totally ordered sequence of events, grouped in streams.
//
// A stream is a resource name that starts with a tenant's name: an agency's, such as
// `regions/35.09/agencies/dinsos/years/2023`, or that of a region which has something itself, such
// as `regions/35/referenceValues`. Where `agency` stands below, the tenant is meant (OwnerOf).
// Records are served exactly as they were stored
// (sakip.eventlog.v1.Record); nothing serializes them again. One process owns a log on disk; others
// follow it over gRPC (follower.h).
#ifndef SAKIP_COMMON_EVENTLOG_EVENT_LOG_H_
#define SAKIP_COMMON_EVENTLOG_EVENT_LOG_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/merkle/tree.h"

namespace sakip::eventlog {

// An event to be stored.
struct NewEvent {
  std::string type;     // Full protobuf name of the payload.
  std::string payload;  // Serialized once, by the caller.
};

// A write: all of it or nothing.
struct AppendRequest {
  std::string stream;
  uint64_t expected_revision = 0;  // Number of events that the stream has; 0 where it is new.
  std::string request_id;          // Unique in the stream's agency.
  std::string request_digest;      // SHA-256 of the request, 32 bytes: tells a repeat from a reuse.
  std::string actor;               // Subject of the caller.
  std::vector<NewEvent> events;    // At least one.
  // Where it is past when the turn of the write comes, nothing is stored. By the log's clock.
  absl::Time deadline = absl::InfiniteFuture();
};

// Where a write stands in the log.
struct AppendResult {
  uint64_t first_position = 0;   // Of the first event; the others follow without a gap.
  uint64_t last_position = 0;    // Of the last event.
  uint64_t stream_revision = 0;  // After the last event.
  std::string leaf_hash;         // Of the last record, 32 bytes.
  absl::Time recorded_time;      // Of the last record.
  bool repeated = false;         // The request was stored before; this is its first result.
};

// A record as stored.
struct StoredRecord {
  std::string record;     // Bytes of sakip.eventlog.v1.Record.
  std::string leaf_hash;  // RFC 6962 leaf hash of them, 32 bytes.
};

// How much a read returns at most: it ends with the record that reaches either limit.
struct ReadLimits {
  uint32_t records = 128;
  size_t bytes = 64 * 1024;
};

// Consecutive records.
struct ReadResult {
  std::vector<StoredRecord> records;
  uint64_t next_position = 0;  // Where to read on.
  uint64_t end_position = 0;   // Number of records in the log.
};

using AppendCallback = std::function<void(absl::StatusOr<AppendResult>)>;
using AppendAllCallback = std::function<void(absl::StatusOr<std::vector<AppendResult>>)>;
using CommitObserver = std::function<void(uint64_t position, const StoredRecord& record)>;
using ProgressCallback = absl::FunctionRef<bool(uint64_t next_position, uint64_t end_position)>;
using WaitId = uint64_t;

// Thread-safe. Append is atomic and linearizable: when it answers OK the events survive a crash of
// process and machine, and every later read sees them.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Stores the events and calls `done` exactly once, after they are on disk and the observer has
  // seen them. Never waits itself. `done` runs on a thread of the log (or of the caller, where the
  // request is refused at once) and must not block.
  //
  //   ABORTED            REVISION_CONFLICT    the stream is not at `expected_revision`.
  //   ALREADY_EXISTS     REQUEST_ID_REUSED    the request id was used with another digest.
  //   INVALID_ARGUMENT   INVALID_FIELD        no events, a stream of no tenant, or more than
  //                                           kAppendBytesMax.
  //   DEADLINE_EXCEEDED  DEADLINE_PASSED      its turn came too late; nothing was written.
  //   RESOURCE_EXHAUSTED OVERLOADED           too much is in flight; nothing was written.
  //   RESOURCE_EXHAUSTED DISK_FULL            no room is left; nothing was written.
  //   UNAVAILABLE        LOG_STOPPED          a write failed; the outcome of this one is unknown
  //                                           until the log was opened again.
  virtual void Append(AppendRequest request, AppendCallback done) = 0;

  // Stores all the requests or none of them, in their order and without another's record between,
  // and calls `done` exactly once with the result of each. A later request sees the earlier ones.
  // Requests that were stored before are answered as repeated and do not stop the others.
  // Errors are those of Append, for the first request that is refused; where there are several its
  // place is the fact `index`. kAppendBytesMax bounds all together; none at all is INVALID_FIELD.
  virtual void AppendAll(std::vector<AppendRequest> requests, AppendAllCallback done) = 0;

  // Returns the result of an earlier request of the agency, marked as repeated; nothing where there
  // was none.
  //
  //   ALREADY_EXISTS  REQUEST_ID_REUSED  it was used with another digest.
  //   DATA_LOSS       RECORD_DAMAGED     the log cannot be read.
  virtual absl::StatusOr<std::optional<AppendResult>> FindRequest(
      absl::string_view agency, absl::string_view request_id,
      absl::string_view request_digest) const = 0;

  // Returns records from `from_position` on; none at the end of the log.
  //
  //   OUT_OF_RANGE  POSITION_AHEAD_OF_LOG  `from_position` is beyond the end.
  //   DATA_LOSS     RECORD_DAMAGED         a record does not match its hash; the ones before it are
  //                                        served by a read that ends before it.
  virtual absl::StatusOr<ReadResult> Read(uint64_t from_position,
                                          const ReadLimits& limits) const = 0;

  // Number of records; the next gets this position.
  virtual uint64_t end_position() const = 0;

  // The proofs below are over the Merkle tree of RFC 6962 whose leaves are the records' leaf
  // hashes. A tree is named by its size, the number of records in it. Errors of all three:
  //
  //   OUT_OF_RANGE  POSITION_AHEAD_OF_LOG  the log has no so many records.
  //   DATA_LOSS     RECORD_DAMAGED         what the proof needs cannot be read.

  // The tree of the first `size` records, which may be grown further; its Root() is what a
  // checkpoint signs.
  virtual absl::StatusOr<merkle::Frontier> Tree(uint64_t size) const = 0;

  // Proves that the record at `position`, less than `size`, is in the tree of that size.
  virtual absl::StatusOr<std::vector<merkle::Hash>> ProveInclusion(uint64_t position,
                                                                   uint64_t size) const = 0;

  // Proves that the first tree is the start of the second, `first` <= `second`.
  virtual absl::StatusOr<std::vector<merkle::Hash>> ProveConsistency(uint64_t first,
                                                                     uint64_t second) const = 0;

  // Number of events in a stream.
  virtual absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const = 0;

  // Reads everything that is stored at this moment and checks that it holds together, without
  // holding up writers. `progress` is told the next position and the end now and then; where it
  // returns false the check ends with CANCELLED.
  //
  //   DATA_LOSS  LOG_DAMAGED  naming the first position, row or file that is wrong.
  virtual absl::Status Verify(ProgressCallback progress) const = 0;

  // Calls `ready` once, when the log has more than `position` records or has stopped: at once where
  // that is so already. `ready` must not block.
  virtual WaitId WaitForMore(uint64_t position, std::function<void()> ready) = 0;

  // Makes sure that the callback of `id` is not called after this returns, and is not running.
  virtual void CancelWait(WaitId id) = 0;

  // Calls `observer` for every record in the log and then for each record as it is committed, in
  // order, before its writer is answered: a view that is kept by it never lags behind an answer.
  // One observer a log, set before the first Append; it must not call the log.
  //
  //   DATA_LOSS  RECORD_DAMAGED  a stored record does not match its hash.
  virtual absl::Status Observe(CommitObserver observer) = 0;

  // Largest write: the payloads of one Append together.
  static constexpr size_t kAppendBytesMax = 16 * 1024 * 1024;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_EVENT_LOG_H_
