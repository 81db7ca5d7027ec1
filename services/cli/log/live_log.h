// LiveLog reads the event log of a service and its proofs over gRPC. Nothing that it returns is
// verified.
//
// Not thread-safe. The session is borrowed. Errors are those of the calls.
#ifndef SAKIP_SERVICES_CLI_LOG_LIVE_LOG_H_
#define SAKIP_SERVICES_CLI_LOG_LIVE_LOG_H_

#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/merkle/hash.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

class LiveLog {
 public:
  LiveLog(const Session& session, Peer peer) : session_(session), peer_(peer) {}
  virtual ~LiveLog() = default;

  // The newest checkpoint, a signed note. The server waits a while for one of `min_size` records.
  virtual absl::StatusOr<std::string> Checkpoint(uint64_t min_size = 0) const;

  virtual absl::StatusOr<std::vector<merkle::Hash>> InclusionProof(uint64_t position,
                                                                   uint64_t size) const;

  // Empty, without a call, where every log would answer so.
  absl::StatusOr<std::vector<merkle::Hash>> ConsistencyProof(uint64_t first, uint64_t second) const;

  // Calls `take` with each record from `first` on and before `end`, and ends with its first error.
  //
  //   FAILED_PRECONDITION  the server leaves records out: the caller may not read all of the log.
  //   DATA_LOSS            the server has no more records, or does not get on.
  virtual absl::Status ReadRecords(
      uint64_t first, uint64_t end,
      absl::FunctionRef<absl::Status(const eventlog::v1::StoredRecord&)> take) const;

 protected:
  const Session& session() const { return session_; }
  Peer peer() const { return peer_; }

 private:
  virtual absl::StatusOr<std::vector<merkle::Hash>> AskConsistency(uint64_t first,
                                                                   uint64_t second) const;

  const Session& session_;
  const Peer peer_;
};

// The peer of `--service`: planning, realization or scoring.
Peer LogPeer(absl::string_view service);

// The hashes of a proof.
//   DATA_LOSS  one has not 32 bytes.
absl::StatusOr<std::vector<merkle::Hash>> ToHashes(
    const google::protobuf::RepeatedPtrField<std::string>& texts);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_LIVE_LOG_H_
