// SourceProver asks the logs themselves whether an event is in them and has the value that an
// explanation says. Nothing that scoring says is believed.
//
// What is trusted are the keys of the logs: a checkpoint must be signed by one, the stored bytes of
// the event must lead to its root by the inclusion proof, and the value must stand at its path.
// That no later event takes the place of this one is not proved: read the log for that.
// Not thread-safe. Borrows the session.
#ifndef SAKIP_SERVICES_CLI_PROOF_SOURCE_PROVER_H_
#define SAKIP_SERVICES_CLI_PROOF_SOURCE_PROVER_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"
#include "sakip/scoring/v1/explain_service.pb.h"
#include "services/cli/log/live_verify.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

// Whom and what to believe.
struct ProverTrust {
  std::vector<note::Verifier> verifiers;                // Keys of the logs, and of witnesses.
  std::map<std::string, note::Checkpoint> checkpoints;  // Kept from before, by origin.
};

class SourceProver {
 public:
  SourceProver(const Session& session, ProverTrust trust)
      : session_(session), trust_(std::move(trust)) {}

  // OK where `source`, which is in a log, is proved.
  //
  //   DATA_LOSS  PROOF_INVALID  the event or its value is not what it is said to be.
  //   Those of note::OpenCheckpoint and eventlog::CheckContinues, and of the calls to the log.
  absl::Status Prove(const scoring::v1::EventSource& source);

  // The checkpoints that were used, by the log they are of.
  const std::map<Peer, VerifiedHead>& heads() const { return heads_; }

 private:
  // A checkpoint that covers `position`.
  absl::StatusOr<const VerifiedHead*> Head(Peer peer, uint64_t position);

  const Session& session_;
  const ProverTrust trust_;
  std::map<Peer, VerifiedHead> heads_;
  // Bytes of records that are proved.
  std::map<std::pair<Peer, uint64_t>, std::string> records_;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_PROOF_SOURCE_PROVER_H_
