// Asks a log for its proofs over gRPC and checks them as a client does.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/merkle/verify.h"
#include "common/note/checkpoint.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using Stub = v1::EventLogService::Stub;

class EventLogProofsTest : public ::testing::Test {
 protected:
  EventLogProofsTest() {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::EventLogService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    checkpointer_ =
        Checkpointer::Start(log_, {.keys = keys_,
                                   .path = absl::StrCat(directory_.path(), "/CHECKPOINT"),
                                   .interval = absl::ZeroDuration()})
            .value();
    service_ = std::make_unique<EventLogService>(*gate_, log_, checkpointer_.get());
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::EventLogService::NewStub(server_->InProcessChannel());
  }

  void Append(uint64_t count) {
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t at = log_.end_position();
      ASSERT_THAT(AppendNow(log_, TestRequest(absl::StrCat("r", at), at)), IsOk());
    }
  }

  note::Checkpoint Checkpoint(uint64_t size) {
    v1::GetCheckpointRequest request;
    request.set_min_tree_size(size);
    const auto response = rpc::CallNow(*stub_, &Stub::GetCheckpoint, request);
    EXPECT_THAT(response, IsOk());
    const auto opened = note::OpenCheckpoint(response->signed_note(), keys_.verifiers);
    EXPECT_THAT(opened, IsOk());
    return opened->checkpoint;
  }

  auto Inclusion(uint64_t position, uint64_t size) {
    v1::GetInclusionProofRequest request;
    request.set_position(position);
    request.set_tree_size(size);
    return rpc::CallNow(*stub_, &Stub::GetInclusionProof, request);
  }

  auto Consistency(uint64_t first, uint64_t second) {
    v1::GetConsistencyProofRequest request;
    request.set_first_tree_size(first);
    request.set_second_tree_size(second);
    return rpc::CallNow(*stub_, &Stub::GetConsistencyProof, request);
  }

  template <typename Field>
  static std::vector<merkle::Hash> Hashes(const Field& field) {
    std::vector<merkle::Hash> hashes;
    for (const std::string& hash : field) hashes.push_back(merkle::ToHash(hash).value());
    return hashes;
  }

  sakip::testing::TempDir directory_;
  const note::KeyRing keys_ =
      note::ParseKeyRing(note::GenerateKey("example.go.id/log").value()).value();
  MemoryEventLog log_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<Checkpointer> checkpointer_;
  std::unique_ptr<EventLogService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(EventLogProofsTest, ProvesEveryRecordToASignedCheckpoint) {
  Append(13);

  const note::Checkpoint checkpoint = Checkpoint(13);

  ASSERT_EQ(checkpoint.size, 13u);
  const std::vector<StoredRecord> records = ReadAll(log_).value();
  for (uint64_t position = 0; position < 13; ++position) {
    const auto proof = Inclusion(position, checkpoint.size);
    ASSERT_THAT(proof, IsOk());
    EXPECT_EQ(proof->leaf_hash(), records[position].leaf_hash);
    EXPECT_TRUE(merkle::VerifyInclusion(merkle::HashLeaf(records[position].record), position, 13,
                                        Hashes(proof->audit_path()),
                                        merkle::ToHash(checkpoint.root).value()));
  }
}

TEST_F(EventLogProofsTest, ProvesThatALaterCheckpointContinuesAnEarlierOne) {
  Append(5);
  const note::Checkpoint first = Checkpoint(5);
  Append(8);
  const note::Checkpoint second = Checkpoint(13);

  const auto proof = Consistency(first.size, second.size);

  ASSERT_THAT(proof, IsOk());
  EXPECT_TRUE(merkle::VerifyConsistency(first.size, second.size, Hashes(proof->hashes()),
                                        merkle::ToHash(first.root).value(),
                                        merkle::ToHash(second.root).value()));
}

TEST_F(EventLogProofsTest, RefusesWhatTheLogDoesNotHold) {
  Append(3);
  v1::GetCheckpointRequest ahead;
  ahead.set_min_tree_size(4);

  EXPECT_THAT(rpc::CallNow(*stub_, &Stub::GetCheckpoint, ahead),
              StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
  EXPECT_THAT(Inclusion(0, 4), StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
  EXPECT_THAT(Consistency(1, 4), StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
}

TEST_F(EventLogProofsTest, NamesTheFieldThatIsWrong) {
  Append(3);

  EXPECT_THAT(Inclusion(2, 2).status(), HasField("position"));
  EXPECT_THAT(Consistency(3, 2).status(), HasField("first_tree_size"));
}

}  // namespace
}  // namespace sakip::eventlog
