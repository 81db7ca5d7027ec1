// HistoryServer serves a TestHistory as the event log of a service, honestly or not, for tests of
// the commands that verify logs. Answers are set before the command runs.
#ifndef SAKIP_SERVICES_CLI_TESTING_LOG_H_
#define SAKIP_SERVICES_CLI_TESTING_LOG_H_

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/rpc/status_convert.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::cli {

// Not thread-safe: one call at a time.
class HistoryService : public eventlog::v1::EventLogService::Service {
 public:
  eventlog::TestHistory history;
  uint64_t signed_size = 0;     // Of the checkpoint that is served.
  std::string served_note;      // Instead of that checkpoint, where it is set.
  uint64_t page_records = 10;   // Most records of a page.
  uint64_t left_out_from = ~0;  // Records from here on are not for this caller.
  int unavailable_calls = 0;    // So many calls for a checkpoint fail first.
  int checkpoint_calls = 0;
  std::function<void()> before_checkpoint = [] {};
  std::function<void(eventlog::v1::StoredRecord&)> change_record = [](auto&) {};

  grpc::Status GetCheckpoint(grpc::ServerContext*,
                             const eventlog::v1::GetCheckpointRequest* request,
                             eventlog::v1::GetCheckpointResponse* response) override {
    ++checkpoint_calls;
    if (unavailable_calls > 0) {
      --unavailable_calls;
      return rpc::ToGrpcStatus(
          MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "the server stops"), "test");
    }
    before_checkpoint();
    // An honest log signs what is asked for before it answers.
    const uint64_t size = std::max(signed_size, request->min_tree_size());
    response->set_signed_note(served_note.empty() ? history.SignedNoteAt(size) : served_note);
    return grpc::Status::OK;
  }

  grpc::Status ReadRecords(grpc::ServerContext*, const eventlog::v1::ReadRecordsRequest* request,
                           eventlog::v1::ReadRecordsResponse* response) override {
    const uint64_t first = request->from_position();
    const uint64_t end = std::min(history.size(), first + page_records);
    for (uint64_t position = first; position < std::min(end, left_out_from); ++position) {
      eventlog::v1::StoredRecord* record = response->add_records();
      record->set_record(history.records()[position].record);
      record->set_leaf_hash(history.records()[position].leaf_hash);
      change_record(*record);
    }
    response->set_next_position(end);
    response->set_end_position(history.size());
    return grpc::Status::OK;
  }

  grpc::Status GetInclusionProof(grpc::ServerContext*,
                                 const eventlog::v1::GetInclusionProofRequest* request,
                                 eventlog::v1::GetInclusionProofResponse* response) override {
    for (const merkle::Hash& hash : history.Inclusion(request->position(), request->tree_size())) {
      response->add_audit_path(merkle::View(hash).data(), hash.size());
    }
    return grpc::Status::OK;
  }

  grpc::Status GetConsistencyProof(grpc::ServerContext*,
                                   const eventlog::v1::GetConsistencyProofRequest* request,
                                   eventlog::v1::GetConsistencyProofResponse* response) override {
    for (const merkle::Hash& hash :
         history.Consistency(request->first_tree_size(), request->second_tree_size())) {
      response->add_hashes(merkle::View(hash).data(), hash.size());
    }
    return grpc::Status::OK;
  }
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_TESTING_LOG_H_
