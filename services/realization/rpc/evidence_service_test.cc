// Calls the store of evidence over gRPC as a client does; the store is a folder.
#include "services/realization/rpc/evidence_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/message/digest.h"
#include "common/quota/quotas.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/rpc/test_disowner.h"
#include "common/testing/fake_clock.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/realization/domain/evidence.h"
#include "services/realization/store/folder_evidence_store.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using testing::EqualsProto;
using testing::HasField;
using testing::IsOk;
using testing::StatusIs;
using Upload = v1::UploadEvidenceRequest;

constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";
constexpr char kReader[] = "subject=a;roles=auditor;scopes=regions/35";

class EvidenceServiceTest : public ::testing::Test {
 protected:
  EvidenceServiceTest() {
    rpc::GateOptions gate_options;
    gate_options.services = {v1::EvidenceService::service_full_name()};
    gate_options.authenticator = std::make_unique<rpc::Disowner>(trust_, absl::Milliseconds(1));
    gate_options.quotas = &quotas_;
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<EvidenceService>(*gate_, *store_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::EvidenceService::NewStub(server_->InProcessChannel());
  }

  static Upload Options(const std::string& content) {
    Upload upload;
    auto& options = *upload.mutable_options();
    options.set_parent(kDinsos);
    options.set_media_type("image/jpeg");
    options.set_digest(absl::BytesToHexString(Sha256(content)));
    options.set_size_bytes(content.size());
    options.set_request_id("upload-1");
    return upload;
  }
  static Upload Chunk(const std::string& bytes) {
    Upload upload;
    upload.set_chunk(bytes);
    return upload;
  }
  // The messages of a right upload.
  static std::vector<Upload> Whole(const std::string& content) {
    std::vector<Upload> messages = {Options(content)};
    for (size_t at = 0; at < content.size(); at += kEvidenceChunkBytesMax) {
      messages.push_back(Chunk(content.substr(at, kEvidenceChunkBytesMax)));
    }
    return messages;
  }
  static std::string NameOf(const std::string& content) {
    return absl::StrCat(kDinsos, "/evidence/", absl::BytesToHexString(Sha256(content)));
  }

  absl::StatusOr<v1::UploadEvidenceResponse> Send(const std::vector<Upload>& messages,
                                                  const std::string& dev_identity = "") {
    grpc::ClientContext context;
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(30)), .dev_identity = dev_identity},
                 context);
    v1::UploadEvidenceResponse response;
    auto writer = stub_->UploadEvidence(&context, &response);
    for (const Upload& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const absl::Status status = rpc::FromGrpcStatus(writer->Finish());
    if (!status.ok()) return status;
    return response;
  }

  absl::Status Download(const std::string& name, std::string& content,
                        const std::string& dev_identity = "") {
    grpc::ClientContext context;
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(30)), .dev_identity = dev_identity},
                 context);
    v1::DownloadEvidenceRequest request;
    request.set_name(name);
    auto reader = stub_->DownloadEvidence(&context, request);
    v1::DownloadEvidenceResponse response;
    while (reader->Read(&response)) {
      if (response.has_evidence()) first_ = response.evidence();
      content += response.chunk();
    }
    return rpc::FromGrpcStatus(reader->Finish());
  }

  absl::StatusOr<v1::StatEvidenceResponse> Stat(const std::string& name,
                                                const std::string& dev_identity = "") {
    v1::StatEvidenceRequest request;
    request.set_name(name);
    return rpc::CallNow(*stub_, &v1::EvidenceService::Stub::StatEvidence, request, dev_identity);
  }

  const std::string large_ = std::string(3 * kEvidenceChunkBytesMax, 'x') + "end";
  testing::TempDir folder_;
  std::unique_ptr<EvidenceStore> store_ =
      FolderEvidenceStore::Open({.directory = folder_.path()}).value();
  rpc::Trust trust_;
  testing::FakeClock clock_;  // Of quotas.
  quota::Quotas quotas_{{.clock = &clock_}};
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<EvidenceService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::EvidenceService::Stub> stub_;
  v1::Evidence first_;  // The first message of the last download.
};

TEST_F(EvidenceServiceTest, ServesWhatWasUploaded) {
  const auto uploaded = Send(Whole(large_));
  std::string content;

  ASSERT_THAT(uploaded, IsOk());
  EXPECT_EQ(uploaded->name(), NameOf(large_));
  EXPECT_FALSE(uploaded->repeated());
  ASSERT_THAT(Download(NameOf(large_), content, kReader), IsOk());
  EXPECT_TRUE(content == large_);
  EXPECT_THAT(first_, EqualsProto(uploaded->evidence()));
  const auto known = Stat(NameOf(large_), kReader);
  ASSERT_THAT(known, IsOk());
  EXPECT_THAT(known->evidence(), EqualsProto(uploaded->evidence()));
}

TEST_F(EvidenceServiceTest, AnUploadMayBeRepeated) {
  ASSERT_THAT(Send(Whole("a")), IsOk());

  const auto again = Send(Whole("a"));

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->repeated());
}

TEST_F(EvidenceServiceTest, NamesEachWrongOption) {
  Upload wrong = Options("a");
  wrong.mutable_options()->set_media_type("text/html");
  wrong.mutable_options()->set_digest("A");
  wrong.mutable_options()->set_size_bytes(kEvidenceBytesMax + 1);
  wrong.mutable_options()->set_parent("regions/35.09");
  wrong.set_chunk("a");

  const auto refused = Send({wrong});

  for (const char* field :
       {"options.media_type", "options.digest", "options.size_bytes", "options.parent", "chunk"}) {
    EXPECT_THAT(refused, HasField(field));
  }
}

TEST_F(EvidenceServiceTest, KeepsNothingThatIsNotWhatItsOptionsSay) {
  EXPECT_THAT(Send({Options("abc"), Chunk("abd")}), HasField("options.digest"));
  EXPECT_THAT(Send({Options("abc"), Chunk("ab")}), HasField("options.size_bytes"));
  EXPECT_THAT(Send({Options("abc"), Chunk("abc"), Chunk("d")}), HasField("options.size_bytes"));
  EXPECT_THAT(Send({Options("abc"), Options("abc")}), HasField("options"));
  const std::string chunk(kEvidenceChunkBytesMax + 1, 'x');
  EXPECT_THAT(Send({Options(chunk), Chunk(chunk)}), HasField("chunk"));

  EXPECT_THAT(Stat(NameOf("abc")), StatusIs(StatusCode::kNotFound, "EVIDENCE_NOT_FOUND"));
}

TEST_F(EvidenceServiceTest, AnUploadThatBreaksOffLeavesNothing) {
  grpc::ClientContext context;
  rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(30))}, context);
  v1::UploadEvidenceResponse response;
  auto writer = stub_->UploadEvidence(&context, &response);
  writer->Write(Options(large_));
  writer->Write(Chunk(large_.substr(0, kEvidenceChunkBytesMax)));

  context.TryCancel();
  EXPECT_THAT(rpc::FromGrpcStatus(writer->Finish()), StatusIs(StatusCode::kCancelled));
  server_.reset();  // Waits for the call,
  service_.reset();
  store_.reset();  // and for the disk.

  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  }
}

TEST_F(EvidenceServiceTest, DamagedEvidenceIsNeverServedAsWhole) {
  ASSERT_THAT(Send(Whole(large_)), IsOk());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    if (!entry.is_regular_file()) continue;
    std::fstream(entry.path(), std::ios::in | std::ios::out | std::ios::binary).seekp(9) << 'y';
  }
  std::string content;

  EXPECT_THAT(Download(NameOf(large_), content),
              StatusIs(StatusCode::kDataLoss, "EVIDENCE_DAMAGED"));

  EXPECT_LT(content.size(), large_.size());
}

TEST_F(EvidenceServiceTest, AnAgencysEvidenceIsItsOwn) {
  ASSERT_THAT(Send(Whole("a")), IsOk());
  constexpr char kOther[] = "subject=b;roles=reporter;scopes=regions/35.09/agencies/dinkes";
  std::string content;

  EXPECT_THAT(Send(Whole("b"), kOther), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Send(Whole("b"), kReader), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Stat(NameOf("a"), kOther), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Download(NameOf("a"), content, kOther), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(content, "");
}

TEST_F(EvidenceServiceTest, RefusesNamesOfOtherThings) {
  std::string content;
  const std::string plan = absl::StrCat(kDinsos, "/annualPlans/2023");

  EXPECT_THAT(Stat(plan), HasField("name"));
  EXPECT_THAT(Download(plan, content), HasField("name"));
  EXPECT_THAT(Download(NameOf("nothing"), content),
              StatusIs(StatusCode::kNotFound, "EVIDENCE_NOT_FOUND"));
}

// A download of `large_` as it runs.
class RunningDownloadTest : public EvidenceServiceTest {
 protected:
  void SetUp() override { ASSERT_THAT(Send(Whole(large_)), IsOk()); }

  void Begin() {
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(30)), .dev_identity = kReader},
                 context_);
    v1::DownloadEvidenceRequest request;
    request.set_name(NameOf(large_));
    reader_ = stub_->DownloadEvidence(&context_, request);
  }
  bool Read() { return reader_->Read(&response_); }

  grpc::ClientContext context_;
  v1::DownloadEvidenceResponse response_;
  std::unique_ptr<grpc::ClientReader<v1::DownloadEvidenceResponse>> reader_;
};

TEST_F(RunningDownloadTest, EndsOnceItsCallerIsDisowned) {
  Begin();
  ASSERT_TRUE(Read());

  trust_.disowned = true;
  std::string content;
  while (Read()) content += response_.chunk();

  EXPECT_THAT(rpc::FromGrpcStatus(reader_->Finish()),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_LT(content.size(), large_.size());
}

TEST_F(RunningDownloadTest, WaitsUntilItsBytesArePaidFor) {
  quotas_.SetPolicy(
      quota::Policy::Parse(R"({"callers": {"bytesPerSecond": 1000, "bytesBurst": 1000}})").value());
  Begin();
  ASSERT_TRUE(Read());
  ASSERT_TRUE(Read()) << "the first bytes are not paid for before they are sent";

  auto next = std::async(std::launch::async, [this] { return Read(); });
  const auto came = [&next] {
    return next.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  // It asks again and again whether it may go on, and sends nothing.
  const int before = trust_.confirmed;
  while (trust_.confirmed < before + 50 && !came()) std::this_thread::yield();
  EXPECT_FALSE(came());

  clock_.Advance(absl::Hours(1));
  EXPECT_TRUE(next.get());
  EXPECT_EQ(response_.chunk().size(), kEvidenceChunkBytesMax);
  context_.TryCancel();
  EXPECT_THAT(rpc::FromGrpcStatus(reader_->Finish()), StatusIs(StatusCode::kCancelled));
}

}  // namespace
}  // namespace sakip::realization
