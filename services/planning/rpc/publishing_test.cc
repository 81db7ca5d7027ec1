// Publishing whole plans, and what is found in them, over gRPC; the log is in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;
using Stub = v1::PlanningService::Stub;

constexpr char kAgreement2023[] = "regions/35.09/agencies/dinsos/performanceAgreements/2023";

v1::PlanDocument TestAgreement(const std::string& target, const std::string& budget) {
  v1::PlanDocument document;
  document.set_name(kAgreement2023);
  document.set_effective_date("2023-02-01");
  v1::PerformanceAgreement& agreement = *document.mutable_performance_agreement();
  agreement.set_year(2023);
  agreement.set_first_party("Kepala Dinas Sosial");
  agreement.set_second_party("Bupati Jember");
  agreement.set_signing_date("2023-02-01");
  v1::AgreedTarget& agreed = *agreement.add_targets();
  agreed.set_indicator_code("IKU1");
  agreed.mutable_target()->set_value(target);
  agreed.mutable_target()->set_unit("%");
  agreement.set_stated_budget(budget);
  return document;
}

v1::PlanDocument As(uint32_t revision, v1::PlanDocument document) {
  document.set_revision(revision);
  if (revision > 1) document.set_reason("Perubahan");
  return document;
}

std::vector<std::string> Codes(const google::protobuf::RepeatedPtrField<types::v1::Finding>& all) {
  std::vector<std::string> codes;
  for (const types::v1::Finding& finding : all) codes.push_back(finding.code());
  return codes;
}

class PublishingTest : public ::testing::Test {
 protected:
  PublishingTest() {
    plan_.set_parent(kDinsos);
    *plan_.mutable_agency() = TestAgency();
    plan_.mutable_agency()->set_revision(1);
    *plan_.add_documents() = As(1, TestPlan());
    *plan_.add_documents() = As(1, TestAgreement("90.2", "60979145376"));
    plan_.set_request_id("first");
  }

  void RegisterAfter(const std::string& name, const std::string& before) {
    ASSERT_THAT(planning_.Register(AgencyAfter(name, before), "other"), IsOk());
  }

  // An agency that comes from another one and is not registered yet.
  static v1::Agency AgencyAfter(const std::string& name, const std::string& before) {
    v1::Agency agency = TestAgency(name);
    agency.add_predecessors()->set_agency(before);
    agency.mutable_predecessors(0)->set_succession_date("2010-01-01");
    return agency;
  }

  void ComeFrom(const std::string& name) {
    plan_.mutable_agency()->clear_predecessors();
    v1::Predecessor& predecessor = *plan_.mutable_agency()->add_predecessors();
    predecessor.set_agency(name);
    predecessor.set_succession_date("2017-01-01");
  }

  absl::StatusOr<v1::PublishPlanResponse> Publish(const std::string& dev_identity = "") {
    return rpc::CallNow(planning_.stub(), &Stub::PublishPlan, plan_, dev_identity);
  }

  absl::StatusOr<v1::CheckPlanResponse> Check(const std::string& dev_identity = "") {
    v1::CheckPlanRequest request;
    request.set_parent(plan_.parent());
    if (plan_.has_agency()) *request.mutable_agency() = plan_.agency();
    *request.mutable_documents() = plan_.documents();
    return rpc::CallNow(planning_.stub(), &Stub::CheckPlan, request, dev_identity);
  }

  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
  v1::PublishPlanRequest plan_;
};

TEST_F(PublishingTest, PublishesAgencyAndDocumentsInOneStep) {
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->agency().outcome(), v1::PUBLISH_OUTCOME_PUBLISHED);
  ASSERT_THAT(published->documents(), SizeIs(2));
  for (const v1::DocumentOutcome& outcome : published->documents()) {
    EXPECT_EQ(outcome.outcome(), v1::PUBLISH_OUTCOME_PUBLISHED);
    EXPECT_EQ(outcome.revision(), 1u);
    EXPECT_THAT(outcome.findings(), IsEmpty()) << outcome.DebugString();
  }
  EXPECT_EQ(published->receipt().position(), 2u);
  EXPECT_EQ(end(), 3u);
}

TEST_F(PublishingTest, ARepeatGetsTheFirstAnswerAndStoresNothing) {
  const auto first = Publish();
  ASSERT_THAT(first, IsOk());
  auto again = Publish();
  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(end(), 3u);
}

TEST_F(PublishingTest, WhatIsStoredAlreadyIsKeptAndCounted) {
  ASSERT_THAT(Publish(), IsOk());
  plan_.set_request_id("second");
  const auto same = Publish();
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->agency().outcome(), v1::PUBLISH_OUTCOME_UNCHANGED);
  EXPECT_EQ(same->documents(0).outcome(), v1::PUBLISH_OUTCOME_UNCHANGED);
  EXPECT_FALSE(same->has_receipt());
  EXPECT_EQ(end(), 3u);

  *plan_.add_documents() = As(2, TestAgreement("91", "60979145376"));
  plan_.set_request_id("third");
  const auto one_more = Publish();
  ASSERT_THAT(one_more, IsOk());
  EXPECT_EQ(one_more->documents(1).outcome(), v1::PUBLISH_OUTCOME_UNCHANGED);
  EXPECT_EQ(one_more->documents(2).outcome(), v1::PUBLISH_OUTCOME_PUBLISHED);
  EXPECT_THAT(Codes(one_more->documents(2).findings()), ElementsAre("AGREEMENT_TARGET_DIFFERS"));
  EXPECT_EQ(end(), 4u);
}

TEST_F(PublishingTest, NothingIsStoredWhereOnePartIsRefused) {
  plan_.mutable_documents(1)->mutable_performance_agreement()->set_stated_budget("60.979");
  plan_.mutable_documents(1)->set_notes("\xE2\x80\xAE");
  plan_.mutable_documents(0)->mutable_annual_plan()->mutable_objectives(0)->set_code("S 1");
  const auto refused = Publish();
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(refused, HasField("documents[0].annual_plan.objectives[0].code"));
  EXPECT_EQ(end(), 0u);

  plan_.mutable_documents(0)->mutable_annual_plan()->mutable_objectives(0)->set_code("S1");
  plan_.mutable_documents(1)->mutable_performance_agreement()->set_stated_budget("60979145376");
  EXPECT_THAT(Publish(), HasField("documents[1].notes"));
  plan_.mutable_documents(1)->set_notes("baris satu\nbaris dua");
  plan_.mutable_documents(1)->set_revision(2);
  EXPECT_THAT(Publish(), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_EQ(end(), 0u);
  plan_.mutable_documents(1)->set_revision(1);
  EXPECT_THAT(Publish(), IsOk());
}

TEST_F(PublishingTest, APublishedRevisionNeverChanges) {
  ASSERT_THAT(Publish(), IsOk());
  plan_.mutable_documents(0)->set_notes("lain");
  plan_.set_request_id("second");
  EXPECT_THAT(Publish(), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  plan_.mutable_documents(0)->clear_notes();
  plan_.mutable_agency()->set_display_name("Dinas Sosial");
  EXPECT_THAT(Publish(), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  plan_.mutable_agency()->set_revision(2);
  ASSERT_THAT(Publish(), IsOk());
  v1::GetAgencyRequest get;
  get.set_name(kDinsos);
  const auto agency = rpc::CallNow(planning_.stub(), &Stub::GetAgency, get);
  ASSERT_THAT(agency, IsOk());
  EXPECT_EQ(agency->agency().display_name(), "Dinas Sosial");
  EXPECT_EQ(agency->agency().revision(), 2u);
}

TEST_F(PublishingTest, AnAgencyFromElsewhereKeepsItsRevision) {
  plan_.mutable_agency()->set_revision(3);
  ASSERT_THAT(Publish(), IsOk());
  plan_.set_request_id("again");
  const auto again = Publish();
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->agency().outcome(), v1::PUBLISH_OUTCOME_UNCHANGED);
  EXPECT_EQ(again->agency().revision(), 3u);
  plan_.mutable_agency()->set_revision(5);
  EXPECT_THAT(Publish(), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  for (const uint32_t revision : {0u, 1'000'001u}) {
    plan_.mutable_agency()->set_revision(revision);
    EXPECT_THAT(Publish(), HasField("agency.revision")) << revision;
  }
}

TEST_F(PublishingTest, AConflictNamesThePartThatItIsAbout) {
  plan_.mutable_documents(1)->set_revision(4);
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(checked->errors(), SizeIs(1));
  EXPECT_EQ(checked->errors(0).reason(), "REVISION_CONFLICT");
  EXPECT_EQ(checked->errors(0).field(), "documents[1].revision");
}

TEST_F(PublishingTest, AnAgencyComesFromNoneThatComesFromIt) {
  RegisterAfter("regions/35.09/agencies/dinsosnaker", kDinsos);
  ComeFrom("regions/35.09/agencies/dinsosnaker");
  EXPECT_THAT(Publish("subject=p;roles=planner;scopes=regions/35.09"),
              HasField("agency.predecessors[0].agency"));
}

// What another agency comes from is its own to tell: it looks as one that is not there.
TEST_F(PublishingTest, WhatComesFromAnAgencyIsNotToldToThoseWhoMayNotSeeIt) {
  RegisterAfter("regions/35.09/agencies/dinsosnaker", kDinsos);
  const std::string planner = absl::StrCat("subject=p;roles=planner;scopes=", kDinsos);
  ComeFrom("regions/35.09/agencies/tidakada");
  const auto of_missing = Check(planner);
  ComeFrom("regions/35.09/agencies/dinsosnaker");
  const auto of_other = Check(planner);

  ASSERT_THAT(of_missing, IsOk());
  ASSERT_THAT(of_other, IsOk());
  EXPECT_THAT(of_other->errors(), IsEmpty());
  EXPECT_THAT(*of_other, EqualsProto(*of_missing));
  EXPECT_THAT(Publish(planner), IsOk());
}

// Nor over one in between.
TEST_F(PublishingTest, AChainOfPredecessorsEndsAtTheScopesOfThePublisher) {
  RegisterAfter("regions/36/agencies/dinsosnaker", kDinsos);
  RegisterAfter("regions/35.09/agencies/dinkesos", "regions/36/agencies/dinsosnaker");
  ComeFrom("regions/35.09/agencies/dinkesos");
  EXPECT_THAT(Publish("subject=p;roles=planner;scopes=regions/-"),
              HasField("agency.predecessors[0].agency"));
  EXPECT_THAT(Publish("subject=p;roles=planner;scopes=regions/35.09"), IsOk());
}

// However it gets to be there.
TEST_F(PublishingTest, AnAgencyIsNotRegisteredFromOneThatComesFromIt) {
  RegisterAfter("regions/36/agencies/dinsosnaker", kDinsos);
  RegisterAfter("regions/35.09/agencies/dinkesos", "regions/36/agencies/dinsosnaker");
  const v1::Agency dinsos = AgencyAfter(kDinsos, "regions/35.09/agencies/dinkesos");

  const auto refused = planning_.Register(dinsos, "r", "subject=o;roles=operator;scopes=regions/-");

  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(refused, HasField("agency.predecessors[0].agency"));
  EXPECT_THAT(planning_.Register(dinsos, "r", "subject=o;roles=operator;scopes=regions/35.09"),
              IsOk());
}

TEST_F(PublishingTest, APredecessorThatWasTakenStaysGood) {
  RegisterAfter("regions/35.09/agencies/dinsosnaker", kDinsos);
  ComeFrom("regions/35.09/agencies/dinsosnaker");
  ASSERT_THAT(Publish(absl::StrCat("subject=p;roles=planner;scopes=", kDinsos)), IsOk());

  plan_.mutable_agency()->set_display_name("Dinas Sosial");
  plan_.mutable_agency()->set_revision(2);
  plan_.set_request_id("second");
  EXPECT_THAT(Publish("subject=p;roles=planner;scopes=regions/35.09"), IsOk());
}

TEST_F(PublishingTest, FindingsAreStoredWithTheRevisionAndNameBothFigures) {
  *plan_.mutable_documents(1) = As(1, TestAgreement("90", "60979145296"));
  ASSERT_THAT(Publish(), IsOk());
  v1::GetDocumentRequest get;
  get.set_name(kAgreement2023);
  const auto stored = rpc::CallNow(planning_.stub(), &Stub::GetDocument, get);
  ASSERT_THAT(stored, IsOk());
  ASSERT_THAT(Codes(stored->document().findings()),
              ElementsAre("AGREEMENT_TARGET_DIFFERS", "AGREEMENT_TOTAL_DIFFERS"));
  const types::v1::Finding& total = stored->document().findings(1);
  EXPECT_EQ(total.figures(0).value(), "60979145296 Rp");
  EXPECT_EQ(total.figures(0).location(), absl::StrCat(kAgreement2023, "@1 stated_budget"));
  EXPECT_EQ(total.figures(1).value(), "60979145376 Rp");
  EXPECT_EQ(total.figures(1).location(), absl::StrCat(kPlan2023, "@1 sum of sub_activities"));
}

TEST_F(PublishingTest, FindingsCompareWithWhatIsInForceOnTheFirstDay) {
  // The plan of March promises what the agreement of February does not.
  v1::PlanDocument amended = As(2, TestPlan());
  amended.set_effective_date("2023-03-01");
  amended.mutable_annual_plan()
      ->mutable_objectives(0)
      ->mutable_indicators(0)
      ->mutable_target()
      ->set_value("95");
  *plan_.mutable_documents(1) = amended;
  *plan_.add_documents() = As(1, TestAgreement("90.2", "60979145376"));
  v1::PlanDocument agreed = As(2, TestAgreement("90.2", "60979145376"));
  agreed.set_effective_date("2023-03-01");
  *plan_.add_documents() = agreed;
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  EXPECT_THAT(Codes(published->documents(2).findings()), IsEmpty());
  EXPECT_THAT(Codes(published->documents(3).findings()), ElementsAre("AGREEMENT_TARGET_DIFFERS"));
}

TEST_F(PublishingTest, ACheckTellsTheSameAndStoresNothing) {
  *plan_.mutable_documents(1) = As(1, TestAgreement("90", "60979145376"));
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(checked->errors(), IsEmpty());
  ASSERT_THAT(checked->documents(), SizeIs(2));
  EXPECT_THAT(Codes(checked->documents(1).findings()), ElementsAre("AGREEMENT_TARGET_DIFFERS"));
  EXPECT_EQ(end(), 0u);
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  EXPECT_THAT(checked->documents(1), EqualsProto(published->documents(1)));
}

TEST_F(PublishingTest, ACheckListsAllThatWouldBeRefused) {
  plan_.mutable_documents(0)->set_effective_date("1 Januari");
  plan_.mutable_documents(1)->clear_revision();
  auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(checked->errors(), SizeIs(2));
  EXPECT_EQ(checked->errors(0).field(), "documents[0].effective_date");
  EXPECT_EQ(checked->errors(1).field(), "documents[1].revision");
  EXPECT_EQ(checked->errors(1).reason(), "INVALID_FIELD");
  EXPECT_THAT(checked->documents(), IsEmpty());

  plan_.mutable_documents(0)->set_effective_date("2023-01-01");
  plan_.mutable_documents(1)->set_revision(3);
  checked = Check();
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(checked->errors(), SizeIs(1));
  EXPECT_EQ(checked->errors(0).reason(), "REVISION_CONFLICT");
  plan_.set_parent("regions/35.09");
  EXPECT_THAT(Check(), HasField("parent"));
}

TEST_F(PublishingTest, ARevisionTellsItsQuartersAndWhetherItIsRetroactive) {
  planning_.clock().Set(absl::FromCivil(absl::CivilDay(2023, 11, 22), absl::UTCTimeZone()));
  v1::PlanDocument amended = As(2, TestPlan());
  amended.set_effective_date("2023-09-30");
  *plan_.mutable_documents(1) = amended;
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  EXPECT_THAT(published->documents(1).reach().quarters(), ElementsAre("2023Q3", "2023Q4"));
  EXPECT_THAT(published->documents(1).reach().ended_quarters(), ElementsAre("2023Q3"));
  EXPECT_TRUE(published->documents(1).reach().retroactive());

  v1::PublishDocumentRequest request;
  *request.mutable_document() = amended;
  request.mutable_document()->set_effective_date("2023-11-22");
  request.set_expected_revision(2);
  request.set_request_id("third");
  const auto third = rpc::CallNow(planning_.stub(), &Stub::PublishDocument, request);
  ASSERT_THAT(third, IsOk());
  EXPECT_THAT(third->reach().quarters(), ElementsAre("2023Q4"));
  EXPECT_THAT(third->reach().ended_quarters(), IsEmpty());
  EXPECT_FALSE(third->reach().retroactive());
}

TEST_F(PublishingTest, OfManyPlannersAtOnceOneWinsEachRevision) {
  ASSERT_THAT(Publish(), IsOk());
  constexpr int kPlanners = 8;
  constexpr uint32_t kRevisions = 10;
  std::vector<std::vector<uint32_t>> won(kPlanners);
  std::vector<std::thread> planners;
  for (int planner = 0; planner < kPlanners; ++planner) {
    planners.emplace_back([&, planner] {
      for (uint32_t known = 1; known < kRevisions;) {
        v1::PublishDocumentRequest request;
        *request.mutable_document() = As(2, TestPlan());
        request.mutable_document()->set_notes(absl::StrCat("planner ", planner));
        request.set_expected_revision(known);
        request.set_request_id(absl::StrCat(planner, ".", known));
        const auto response = rpc::CallNow(planning_.stub(), &Stub::PublishDocument, request);
        if (response.ok()) {
          won[planner].push_back(response->document().revision());
        } else if (!absl::IsAborted(response.status())) {
          ADD_FAILURE() << response.status();
          return;
        }
        // Somebody has published it: read on from there, as a planner would.
        ++known;
      }
    });
  }
  for (std::thread& planner : planners) planner.join();
  std::vector<uint32_t> all;
  for (const auto& revisions : won) all.insert(all.end(), revisions.begin(), revisions.end());
  std::sort(all.begin(), all.end());
  EXPECT_THAT(all, ElementsAre(2, 3, 4, 5, 6, 7, 8, 9, 10));
  EXPECT_EQ(end(), 3u + 9u);
}

}  // namespace
}  // namespace sakip::planning
