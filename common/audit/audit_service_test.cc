// The trail as auditors see it: within their scopes, page by page, with proofs.
#include "common/audit/audit_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/audit/testing/audited_server.h"
#include "common/merkle/hash.h"
#include "common/merkle/verify.h"
#include "common/message/timestamp.h"
#include "common/testing/status_matchers.h"

namespace sakip::audit {
namespace {

using rpc::Role;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using StatusCode = absl::StatusCode;

constexpr char kFar[] = "regions/35.10/agencies/dinsos";

class AuditServiceTest : public ::testing::Test {
 protected:
  // Ten entries: a refusal each, about four tenants, a region above them, and none.
  void SetUp() override {
    for (int i = 0; i < 2; ++i) {
      for (const char* tenant : {rpc::kAgency, kOther, kFar, "regions/35.09", "regions/35"}) {
        const auto refused =
            server_.Put(tenant, As(absl::StrCat("s", i), Role::kAuditor, "regions/35"));
        ASSERT_THAT(refused, StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
      }
    }
    ASSERT_EQ(server_.WaitForEntries(10).size(), 10u);
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::AuditService::Stub::*method)(grpc::ClientContext*,
                                                                               const Request&,
                                                                               Response*),
                                const Request& request, const std::string& scope,
                                Role role = Role::kAuditor) {
    grpc::ClientContext context;
    rpc::Prepare(As("auditor", role, scope), context);
    Response response;
    const auto status = ((*server_.audit).*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response;
  }

  absl::StatusOr<v1::ListAuditEntriesResponse> List(const v1::ListAuditEntriesRequest& request,
                                                    const std::string& scope = "regions/-") {
    return Call(&v1::AuditService::Stub::ListAuditEntries, request, scope);
  }

  absl::StatusOr<v1::GetAuditEntryResponse> Get(const std::string& scope, uint64_t position,
                                                uint64_t size) {
    v1::GetAuditEntryRequest request;
    request.set_scope(scope);
    request.set_position(position);
    request.set_tree_size(size);
    return Call(&v1::AuditService::Stub::GetAuditEntry, request, scope);
  }

  AuditedServer server_;
};

v1::ListAuditEntriesRequest In(const std::string& scope) {
  v1::ListAuditEntriesRequest request;
  request.set_scope(scope);
  return request;
}

std::vector<std::string> Tenants(const v1::ListAuditEntriesResponse& page) {
  std::vector<std::string> tenants;
  for (const auto& recorded : page.entries()) tenants.push_back(recorded.entry().tenant());
  return tenants;
}

TEST_F(AuditServiceTest, ShowsAnAuditorWhatIsInHisScopeTheNewestFirst) {
  EXPECT_THAT(
      Tenants(List(In("regions/35.09"), "regions/35.09").value()),
      ElementsAre("regions/35.09", kOther, rpc::kAgency, "regions/35.09", kOther, rpc::kAgency));
  EXPECT_THAT(Tenants(List(In(kOther), "regions/35.09").value()), ElementsAre(kOther, kOther));
}

TEST_F(AuditServiceTest, ShowsNothingOfOthers) {
  const auto page = List(In(kFar), kFar);

  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(Tenants(*page), Each(std::string(kFar)));
  EXPECT_THAT(page->DebugString(), Not(HasSubstr("35.09")));
  EXPECT_THAT(List(In("regions/35.09"), kFar),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

TEST_F(AuditServiceTest, IsForAuditorsOnly) {
  for (const Role role : rpc::AllRoles()) {
    if (role == Role::kAuditor) continue;
    EXPECT_THAT(Call(&v1::AuditService::Stub::ListAuditEntries, In("regions/-"), "regions/-", role),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"))
        << rpc::RoleName(role);
  }
}

TEST_F(AuditServiceTest, RecordsThatItWasRead) {
  ASSERT_THAT(List(In("regions/35"), "regions/35"), IsOk());

  const auto entries = server_.WaitForEntries(11);
  ASSERT_EQ(entries.size(), 11u);
  EXPECT_EQ(entries[10].subject(), "auditor");
  EXPECT_EQ(entries[10].method(), "/sakip.audit.v1.AuditService/ListAuditEntries");
}

TEST_F(AuditServiceTest, KeepsPagesAsTheyWereWhileEntriesCome) {
  v1::ListAuditEntriesRequest request = In("regions/35.09");
  request.set_page_size(4);
  const auto first = List(request, "regions/35.09");
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->entries_size(), 4);

  request.set_page_token(first->next_page_token());
  const auto second = List(request, "regions/35.09");

  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Tenants(*second), ElementsAre(kOther, rpc::kAgency));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(AuditServiceTest, TakesPageTokensOfTheSameListOnly) {
  v1::ListAuditEntriesRequest request = In("regions/35.09");
  request.set_page_size(1);
  const auto first = List(request);
  ASSERT_THAT(first, IsOk());

  v1::ListAuditEntriesRequest other = In("regions/35");
  other.set_page_token(first->next_page_token());

  EXPECT_THAT(List(other), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(AuditServiceTest, FiltersBySubjectMethodDecisionAndTime) {
  v1::ListAuditEntriesRequest request = In("regions/-");
  request.set_subject("s1");
  EXPECT_EQ(List(request)->entries_size(), 5);
  request.set_method("/sakip.rpctest.v1.TestService/Get");
  EXPECT_EQ(List(request)->entries_size(), 0);
  request.clear_method();
  request.set_decision(v1::AuditEntry::DECISION_ALLOWED);
  EXPECT_EQ(List(request)->entries_size(), 0);
  request.set_decision(v1::AuditEntry::DECISION_DENIED);
  const auto denied = List(request);
  ASSERT_EQ(denied->entries_size(), 5);

  // From the third of them on, and before the last.
  *request.mutable_start_time() = denied->entries(2).recorded_time();
  *request.mutable_end_time() = denied->entries(0).recorded_time();
  const auto between = List(request);
  ASSERT_THAT(between, IsOk());
  for (const auto& recorded : between->entries()) {
    EXPECT_GE(FromTimestamp(recorded.recorded_time()), FromTimestamp(request.start_time()));
    EXPECT_LT(FromTimestamp(recorded.recorded_time()), FromTimestamp(request.end_time()));
  }
  request.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(List(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(AuditServiceTest, ProvesAnEntry) {
  const uint64_t size = 10;
  const auto proved = Get("regions/35.09", 1, size);
  ASSERT_THAT(proved, IsOk());

  std::vector<merkle::Hash> path;
  for (const std::string& hash : proved->audit_path()) path.push_back(*merkle::ToHash(hash));
  EXPECT_TRUE(merkle::VerifyInclusion(merkle::HashLeaf(proved->record().record()), 1, size, path,
                                      server_.log.Tree(size)->Root()));
}

TEST_F(AuditServiceTest, AnswersTheSameAboutEntriesOfOthersAndNone) {
  const auto of_others = Get(kFar, 0, 10).status();
  const auto none = Get(kFar, 1000, 1001).status();

  EXPECT_THAT(of_others, StatusIs(StatusCode::kNotFound, "AUDIT_ENTRY_NOT_FOUND"));
  EXPECT_EQ(of_others, none);
  EXPECT_THAT(Get(kFar, 2, 11000), StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
  EXPECT_THAT(Get(kFar, 2, 2), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(AuditServiceTest, FollowsWhatIsInTheScopeItselfIncluded) {
  v1::FollowAuditRecordsRequest request;
  request.set_scope("regions/35.10");
  grpc::ClientContext context;
  rpc::Prepare(As("auditor", Role::kAuditor, "regions/35.10"), context);
  const auto reader = server_.audit->FollowAuditRecords(&context, request);

  std::vector<uint64_t> positions;
  std::vector<std::string> streams;
  v1::FollowAuditRecordsResponse response;
  while (positions.size() < 3 && reader->Read(&response)) {
    for (const auto& stored : response.records()) {
      eventlog::v1::Record record;
      ASSERT_TRUE(record.ParseFromString(stored.record()));
      streams.push_back(record.stream());
      positions.push_back(record.position());
    }
  }

  EXPECT_THAT(positions, ElementsAre(2, 7, 10));
  const std::string far = absl::StrCat(kFar, "/audit");
  EXPECT_THAT(streams, ElementsAre(far, far, "regions/35.10/audit"));
  context.TryCancel();
  reader->Finish();
}

TEST_F(AuditServiceTest, EntriesWithoutATenantAreSeenByWhoSeesAllRegions) {
  rpc::OutgoingCall stranger = rpc::TestServer::WithDeadline();
  stranger.dev_identity = "nobody";
  ASSERT_THAT(server_.Get(kFar, stranger),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  ASSERT_EQ(server_.WaitForEntries(11).size(), 11u);

  v1::ListAuditEntriesRequest request = In("regions/-");
  request.set_decision(v1::AuditEntry::DECISION_DENIED);
  EXPECT_EQ(List(request)->entries(0).entry().reason(), "IDENTITY_INVALID");
  EXPECT_THAT(Tenants(*List(In("regions/00"), "regions/00")), IsEmpty());
  EXPECT_EQ(List(In("regions/35"), "regions/35")->entries(0).entry().reason(), "PERMISSION_DENIED");
}

}  // namespace
}  // namespace sakip::audit
