// Watches planning over gRPC as a client does; the log is in memory.
#include "services/planning/rpc/plan_watch_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/eventlog/testing/stream_reader.h"
#include "common/policy/proto/policy_proto.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;
using Stub = v1::PlanWatchService::Stub;

class Watching : public eventlog::StreamReader<v1::WatchPlansResponse> {
 public:
  Watching(Stub& stub, uint64_t from_position, const std::string& scope = "regions/-",
           const std::string& dev_identity = "")
      : StreamReader(
            dev_identity,
            [&](grpc::ClientContext* context) {
              v1::WatchPlansRequest request;
              request.set_from_position(from_position);
              request.set_scope(scope);
              return stub.WatchPlans(context, request);
            },
            [](const v1::WatchPlansResponse& message) {
              std::vector<uint64_t> positions;
              for (const v1::PlanEvent& event : message.events()) {
                positions.push_back(event.position());
              }
              return positions;
            }) {}
};

class PlanWatchServiceTest : public ::testing::Test {
 protected:
  void Register(const std::string& agency) {
    ASSERT_THAT(planning_.Register(TestAgency(agency), "register"), IsOk());
  }

  // Positions 0 to 4 are of five agencies.
  void RegisterFive() {
    for (const char* agency :
         {"regions/35/agencies/bappeda", kDinsos, "regions/35.09/agencies/dinsos-2",
          "regions/35.10/agencies/dinsos", "regions/36/agencies/bappeda"}) {
      Register(agency);
    }
  }

  // Appends to the log of an agency what this server's RPCs would not.
  void Append(eventlog::NewEvent event, const std::string& agency = kDinsos) {
    eventlog::EventLog& log = planning_.log();
    auto request = eventlog::TestRequest(absl::StrCat("r", log.end_position()),
                                         log.StreamRevision(agency).value(), agency, {});
    request.events = {std::move(event)};
    ASSERT_THAT(eventlog::AppendNow(log, std::move(request)), IsOk());
  }

  // A published document of about `bytes`.
  void AppendDocument(size_t bytes) {
    v1::DocumentPublished event;
    event.mutable_document()->set_name(kPlan2023);
    event.mutable_document()->set_notes(std::string(bytes, 'x'));
    Append(eventlog::MakeEvent(event));
  }

  PlanningServer planning_;
  // A channel within the process is cut off by a shutdown; a real one sees how streams end.
  std::unique_ptr<Stub> stub_ =
      v1::PlanWatchService::NewStub(rpc::MakeChannel({.target = planning_.address()}).value());
};

TEST_F(PlanWatchServiceTest, StreamsWhatIsStoredAndThenWhatComes) {
  Register(kDinsos);
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());
  Watching watching(*stub_, 0);
  EXPECT_THAT(watching.ReadTo(2), ElementsAre(0, 1));
  EXPECT_EQ(watching.message.end_position(), 2);

  v1::PlanDocument second = TestPlan();
  second.set_reason("Perubahan APBD");
  for (uint32_t revision = 2; revision < 20; ++revision) {
    ASSERT_THAT(planning_.Publish(second, revision - 1, absl::StrCat("p", revision)), IsOk());
    EXPECT_THAT(watching.ReadTo(revision + 1), ElementsAre(revision));
    EXPECT_EQ(watching.message.events(0).document_published().document().revision(), revision);
  }
}

TEST_F(PlanWatchServiceTest, AnEventIsWhatWasPublishedAndTellsItsRecord) {
  Register(kDinsos);
  const auto published = planning_.Publish(TestPlan(), 0, "p1");
  ASSERT_THAT(published, IsOk());
  Watching watching(*stub_, 0);
  ASSERT_TRUE(watching.Next());
  ASSERT_EQ(watching.message.events_size(), 2);

  v1::Agency registered = TestAgency();
  registered.set_revision(1);
  EXPECT_THAT(watching.message.events(0).agency_registered().agency(), EqualsProto(registered));
  const v1::PlanEvent& event = watching.message.events(1);
  EXPECT_EQ(event.document_published().document().log_position(), 1);
  EXPECT_THAT(event.document_published().document(), EqualsProto(published->document()));
  EXPECT_EQ(event.position(), published->receipt().position());
  EXPECT_EQ(event.leaf_hash(), published->receipt().leaf_hash());
  EXPECT_THAT(event.recorded_time(), EqualsProto(published->receipt().recorded_time()));
}

TEST_F(PlanWatchServiceTest, AReaderFromTheEndIsToldSoAndGetsWhatComes) {
  RegisterFive();
  Watching watching(*stub_, 5);

  ASSERT_TRUE(watching.Next());
  EXPECT_THAT(watching.Positions(), IsEmpty());
  EXPECT_EQ(watching.message.next_position(), 5);
  EXPECT_EQ(watching.message.end_position(), 5);
  Register("regions/35.09/agencies/baru");
  EXPECT_THAT(watching.ReadTo(6), ElementsAre(5));
}

TEST_F(PlanWatchServiceTest, StreamsWhatTheScopeCovers) {
  RegisterFive();
  EXPECT_THAT(Watching(*stub_, 0, "regions/35").ReadTo(5), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(Watching(*stub_, 0, "regions/35.10").ReadTo(5), ElementsAre(3));
  EXPECT_THAT(Watching(*stub_, 0, "regions/35.11").ReadTo(5), IsEmpty());
  EXPECT_THAT(Watching(*stub_, 0, kDinsos).ReadTo(5), ElementsAre(1));

  Watching watching(*stub_, 0, "regions/35.09");
  EXPECT_THAT(watching.ReadTo(5), ElementsAre(1, 2));
  Register("regions/35.10/agencies/baru");
  Register("regions/35.09/agencies/baru");
  EXPECT_THAT(watching.ReadTo(7), ElementsAre(6));
}

TEST_F(PlanWatchServiceTest, RefusesScopesThatAreNoRegionAndNoAgency) {
  for (const char* scope :
       {"", "35", "regions/35.1", "regions/35.09/agencies/dinsos/years/2023", kPlan2023}) {
    EXPECT_THAT(Watching(*stub_, 0, scope).End(), HasField("scope")) << scope;
  }
}

TEST_F(PlanWatchServiceTest, RefusesForeignersAndOtherRoles) {
  RegisterFive();
  for (const char* scope : {"regions/35", "regions/35.09", "regions/-", kDinsos}) {
    EXPECT_THAT(Watching(*stub_, 0, scope, "subject=x;roles=auditor;scopes=regions/35.10").End(),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  EXPECT_THAT(Watching(*stub_, 0, kDinsos, "subject=x;roles=operator;scopes=regions/-").End(),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(
      Watching(*stub_, 0, "regions/-", "subject=x;roles=service;scopes=regions/-").ReadTo(5),
      SizeIs(5));
}

TEST_F(PlanWatchServiceTest, APositionBeyondTheEndIsRefused) {
  RegisterFive();
  EXPECT_THAT(Watching(*stub_, 6).End(),
              StatusIs(StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG"));
}

TEST_F(PlanWatchServiceTest, AReaderThatComesBackSeesEachEventOnce) {
  for (int i = 0; i < 12; ++i) AppendDocument(40'000);
  std::vector<uint64_t> seen;
  uint64_t next_position = 0;
  while (next_position < 12) {
    Watching watching(*stub_, next_position);
    ASSERT_TRUE(watching.Next());
    for (const uint64_t position : watching.Positions()) seen.push_back(position);
    next_position = watching.message.next_position();
    watching.Cancel();
  }
  EXPECT_THAT(seen, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

TEST_F(PlanWatchServiceTest, PassesOverWhatItDoesNotOfferAndWhatDoesNotParse) {
  Append({"sakip.planning.v1.SomethingNew", "payload"});
  Append({"sakip.planning.v1.DocumentPublished", "\xFF\xFF"});
  Register("regions/35.09/agencies/baru");
  Watching watching(*stub_, 0);
  EXPECT_THAT(watching.ReadTo(3), ElementsAre(2));

  // The reader's position moves over it too.
  for (int i = 0; i < 300; ++i) Append({"sakip.planning.v1.SomethingNew", "payload"});
  EXPECT_THAT(watching.ReadTo(303), IsEmpty());
}

TEST_F(PlanWatchServiceTest, AMessageEndsAt128EventsAndAt64Kibibytes) {
  for (int i = 0; i < 130; ++i) AppendDocument(10);
  for (int i = 0; i < 3; ++i) AppendDocument(40'000);
  Watching watching(*stub_, 0);

  ASSERT_TRUE(watching.Next());
  EXPECT_EQ(watching.message.events_size(), 128);
  ASSERT_TRUE(watching.Next());
  EXPECT_EQ(watching.message.events_size(), 4);
}

TEST_F(PlanWatchServiceTest, TheLargestDocumentArrivesAlone) {
  constexpr size_t kDocumentBytesMax = 4 << 20;
  AppendDocument(60'000);
  AppendDocument(kDocumentBytesMax);
  AppendDocument(10);
  Watching watching(*stub_, 0);

  ASSERT_TRUE(watching.Next());
  EXPECT_THAT(watching.Positions(), ElementsAre(0));
  ASSERT_TRUE(watching.Next()) << watching.End();
  EXPECT_THAT(watching.Positions(), ElementsAre(1));
  EXPECT_LT(watching.message.ByteSizeLong(), kDocumentBytesMax + (64 << 10));
  EXPECT_THAT(watching.ReadTo(3), ElementsAre(2));
}

TEST_F(PlanWatchServiceTest, ASlowReaderMissesNothingAndHoldsNobodyUp) {
  Watching slow(*stub_, 0);
  Watching fast(*stub_, 0);
  // More than the flow control lets pass.
  for (int i = 0; i < 200; ++i) AppendDocument(20'000);

  EXPECT_THAT(fast.ReadTo(200), SizeIs(200));
  const std::vector<uint64_t> positions = slow.ReadTo(200);

  ASSERT_THAT(positions, SizeIs(200));
  for (size_t i = 0; i < positions.size(); ++i) ASSERT_EQ(positions[i], i);
}

TEST_F(PlanWatchServiceTest, ADrainEndsTheStreams) {
  RegisterFive();
  Watching waiting(*stub_, 0);
  waiting.ReadTo(5);
  Watching elsewhere(*stub_, 5, "regions/37");
  ASSERT_TRUE(elsewhere.Next());

  std::future<void> stopped = std::async(std::launch::async, [this] { planning_.Stop(); });

  EXPECT_THAT(waiting.End(), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  EXPECT_THAT(elsewhere.End(), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  stopped.get();
}

// A policy at position 0, reference values at position 1.
TEST_F(PlanWatchServiceTest, WhatARegionPublishesIsSentToScopesBelowItToo) {
  v1::PublishScoringPolicyRequest policy;
  policy.set_parent("regions/35");
  *policy.mutable_scoring_policy() = policy::ToProto(policy::DefaultPolicy());
  policy.mutable_scoring_policy()->set_first_year(2024);
  policy.set_request_id("policy");
  ASSERT_THAT(rpc::CallNow(planning_.scoring_policy_stub(),
                           &v1::ScoringPolicyService::Stub::PublishScoringPolicy, policy),
              IsOk());
  v1::PublishReferenceValuesRequest references;
  references.set_parent("regions/35");
  v1::ReferenceValue& row = *references.add_rows();
  row.set_indicator_code("IKU1");
  row.set_year(2023);
  row.set_level(v1::ReferenceValue::LEVEL_NATIONAL);
  row.mutable_measure()->set_value("90.2");
  row.mutable_measure()->set_unit("%");
  row.set_source("BPS");
  references.set_request_id("references");
  ASSERT_THAT(rpc::CallNow(planning_.reference_value_stub(),
                           &v1::ReferenceValueService::Stub::PublishReferenceValues, references),
              IsOk());

  Watching below(*stub_, 0, "regions/35.09");
  ASSERT_THAT(below.ReadTo(2), ElementsAre(0, 1));
  const v1::PlanEvent& first = below.message.events(0);
  EXPECT_EQ(first.scoring_policy_published().scoring_policy().name(),
            "regions/35/scoringPolicies/1");
  const auto& change = below.message.events(1).reference_values_published().changes(0);
  EXPECT_EQ(change.reference_value().name(), "regions/35/referenceValues/national.2023.IKU1");
  EXPECT_EQ(change.reference_value().log_position(), 1);
  Watching elsewhere(*stub_, 0, "regions/36");
  EXPECT_THAT(elsewhere.ReadTo(2), IsEmpty());
}

}  // namespace
}  // namespace sakip::planning
