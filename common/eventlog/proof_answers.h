// Turns what log_proofs.h finds into the messages of a service. Pure but for the log; thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_PROOF_ANSWERS_H_
#define SAKIP_COMMON_EVENTLOG_PROOF_ANSWERS_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/status_macros.h"
#include "common/eventlog/log_proofs.h"
#include "common/rpc/unary.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {

template <typename Hashes>
void AddHashes(const std::vector<merkle::Hash>& hashes, Hashes& field) {
  for (const merkle::Hash& hash : hashes) field.Add()->assign(hash.data(), hash.size());
}

inline void SetRecord(StoredRecord stored, v1::StoredRecord& record) {
  record.set_record(std::move(stored.record));
  record.set_leaf_hash(std::move(stored.leaf_hash));
}

// Gives WhenSigned's note to `done` as a message with `signed_note`.
template <typename Response>
std::function<void(absl::StatusOr<std::string>)> AnswerWithNote(rpc::Done<Response> done) {
  return [done = std::move(done)](absl::StatusOr<std::string> note) {
    if (!note.ok()) return done(note.status());
    Response response;
    response.set_signed_note(*std::move(note));
    done(std::move(response));
  };
}

// Answers `request`, a message with `first_tree_size` and `second_tree_size`, with one with
// `hashes`. Errors are those of ProveGrowth.
template <typename Response, typename Request>
absl::StatusOr<Response> GrowthAnswer(const EventLog& log, const Request& request) {
  ASSIGN_OR_RETURN(const auto proof,
                   ProveGrowth(log, request.first_tree_size(), request.second_tree_size()));
  Response response;
  AddHashes(proof, *response.mutable_hashes());
  return response;
}

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_PROOF_ANSWERS_H_
