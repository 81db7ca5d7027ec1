// Calls planning over gRPC as a client does; the log is in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/testing/event_log_test_support.h"
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
using testing::StatusIs;
using Stub = v1::PlanningService::Stub;

constexpr char kPlannerElsewhere[] = "subject=x;roles=planner;scopes=regions/35.10";

class PlanningServiceTest : public ::testing::Test {
 protected:
  void RegisterDinsos() { ASSERT_THAT(planning_.Register(TestAgency(), "register"), IsOk()); }

  absl::StatusOr<v1::PlanDocument> Get(uint32_t revision, const std::string& in_force_on = "",
                                       const std::string& name = kPlan2023,
                                       const std::string& dev_identity = "") {
    v1::GetDocumentRequest request;
    request.set_name(name);
    request.set_revision(revision);
    request.set_in_force_on(in_force_on);
    auto response = rpc::CallNow(planning_.stub(), &Stub::GetDocument, request, dev_identity);
    if (!response.ok()) return response.status();
    return response->document();
  }

  // 0 where none is.
  uint32_t RevisionOn(const std::string& day) {
    const auto document = Get(0, day);
    if (!document.ok()) {
      EXPECT_THAT(document, StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
      return 0;
    }
    return document->revision();
  }

  absl::StatusOr<v1::ListAgenciesResponse> ListAgencies(const std::string& parent,
                                                        int page_size = 0,
                                                        const std::string& page_token = "",
                                                        const std::string& dev_identity = "") {
    v1::ListAgenciesRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(planning_.stub(), &Stub::ListAgencies, request, dev_identity);
  }

  absl::StatusOr<v1::ListDocumentRevisionsResponse> ListRevisions(
      int page_size = 0, const std::string& page_token = "", const std::string& parent = kDinsos) {
    v1::ListDocumentRevisionsRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request);
  }

  absl::StatusOr<v1::Agency> GetAgency(const std::string& name,
                                       const std::string& dev_identity = "") {
    v1::GetAgencyRequest request;
    request.set_name(name);
    auto response = rpc::CallNow(planning_.stub(), &Stub::GetAgency, request, dev_identity);
    if (!response.ok()) return response.status();
    return response->agency();
  }

  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
};

v1::PlanDocument Revised(const std::string& effective_date, const std::string& reason) {
  v1::PlanDocument document = TestPlan();
  document.set_effective_date(effective_date);
  document.set_reason(reason);
  return document;
}

std::vector<std::string> Names(const v1::ListAgenciesResponse& page) {
  std::vector<std::string> names;
  for (const v1::Agency& agency : page.agencies()) names.push_back(agency.name());
  return names;
}

// `2023@2` for a plan, `pk2023@1` for an agreement.
std::vector<std::string> Revisions(const v1::ListDocumentRevisionsResponse& page) {
  std::vector<std::string> revisions;
  for (const v1::PlanDocument& document : page.documents()) {
    revisions.push_back(
        absl::StrCat(document.name().substr(sizeof(kDinsos)), "@", document.revision()));
  }
  return revisions;
}

TEST_F(PlanningServiceTest, RegistersAndReturnsAnAgency) {
  v1::Agency agency = TestAgency();
  agency.add_units()->set_code("rehsos");
  agency.mutable_units(0)->set_display_name("Bidang Rehabilitasi Sosial");
  agency.set_head_office("Kepala Dinas Sosial");

  const auto registered = planning_.Register(agency, "r1");

  ASSERT_THAT(registered, IsOk());
  agency.set_revision(1);
  EXPECT_THAT(registered->agency(), EqualsProto(agency));
  EXPECT_EQ(registered->receipt().position(), 0);
  EXPECT_EQ(registered->receipt().stream_revision(), 1);
  EXPECT_EQ(registered->receipt().leaf_hash().size(), 32);
  EXPECT_FALSE(registered->receipt().repeated());
  const auto got = GetAgency(kDinsos);
  ASSERT_THAT(got, IsOk());
  EXPECT_THAT(*got, EqualsProto(agency));
}

TEST_F(PlanningServiceTest, ARepeatedRegistrationGetsTheFirstAnswer) {
  const auto first = planning_.Register(TestAgency(), "r1");
  ASSERT_THAT(first, IsOk());

  auto again = planning_.Register(TestAgency(), "r1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(end(), 1);
}

TEST_F(PlanningServiceTest, AnAgencyIsRegisteredOnce) {
  RegisterDinsos();
  v1::Agency other = TestAgency();
  other.set_display_name("Dinas Lain");

  EXPECT_THAT(planning_.Register(other, "r2"),
              StatusIs(StatusCode::kAlreadyExists, "AGENCY_EXISTS"));
  EXPECT_THAT(planning_.Register(other, "register"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(end(), 1);
}

TEST_F(PlanningServiceTest, RefusesAMalformedAgencyByItsFields) {
  v1::Agency agency = TestAgency();
  agency.clear_display_name();
  agency.add_units()->set_code("Bidang 1");

  const auto refused = planning_.Register(agency, "r1");

  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(refused, HasField("agency.display_name"));
  EXPECT_THAT(refused, HasField("agency.units[0].code"));
  EXPECT_EQ(end(), 0);
}

TEST_F(PlanningServiceTest, AnAgencyThatIsNotRegisteredIsNotFound) {
  EXPECT_THAT(GetAgency(kDinsos), StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_THAT(GetAgency("regions/35.09"), HasField("name"));
  EXPECT_THAT(planning_.Publish(TestPlan(), 0, "p1"),
              StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_EQ(end(), 0);
}

TEST_F(PlanningServiceTest, ListsAgenciesInAndBelowARegionByPages) {
  for (const char* name : {"regions/35.09/agencies/dinsos", "regions/35/agencies/bappeda",
                           "regions/35.10/agencies/dinsos", "regions/35.09/agencies/dinkes",
                           "regions/36.01/agencies/dinsos"}) {
    ASSERT_THAT(planning_.Register(TestAgency(name), "r"), IsOk());
  }

  const auto first = ListAgencies("regions/35", 2);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Names(*first),
              ElementsAre("regions/35.09/agencies/dinkes", "regions/35.09/agencies/dinsos"));
  // What comes meanwhile does not shift the pages.
  ASSERT_THAT(planning_.Register(TestAgency("regions/35.01/agencies/dinsos"), "r"), IsOk());
  const auto second = ListAgencies("regions/35", 2, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Names(*second),
              ElementsAre("regions/35.10/agencies/dinsos", "regions/35/agencies/bappeda"));
  EXPECT_EQ(second->next_page_token(), "");

  EXPECT_THAT(Names(*ListAgencies("regions/35.10")), ElementsAre("regions/35.10/agencies/dinsos"));
  EXPECT_THAT(Names(*ListAgencies("regions/34")), IsEmpty());
  EXPECT_THAT(ListAgencies("regions/35.1"), HasField("parent"));
  EXPECT_EQ(ListAgencies("regions/-")->agencies_size(), 6);
}

TEST_F(PlanningServiceTest, RefusesPagesOfAnotherList) {
  ASSERT_THAT(planning_.Register(TestAgency(), "r"), IsOk());
  ASSERT_THAT(planning_.Register(TestAgency("regions/35.09/agencies/dinkes"), "r"), IsOk());
  const std::string token = ListAgencies("regions/35.09", 1)->next_page_token();
  ASSERT_NE(token, "");

  EXPECT_THAT(ListAgencies("regions/35", 1, token), HasField("page_token"));
  EXPECT_THAT(ListAgencies("regions/35.09", 1, "garbage"), HasField("page_token"));
  EXPECT_THAT(ListRevisions(1, token), HasField("page_token"));
  EXPECT_THAT(ListAgencies("regions/35.09", -1), HasField("page_size"));
  EXPECT_THAT(ListRevisions(-1), HasField("page_size"));
  EXPECT_THAT(ListAgencies(kDinsos), HasField("parent"));
  EXPECT_THAT(ListRevisions(0, "", "regions/35/annualPlans"), HasField("parent"));
}

TEST_F(PlanningServiceTest, PublishesARevisionAndReturnsItAsStored) {
  RegisterDinsos();
  v1::PlanDocument sent = TestPlan();
  sent.set_revision(7);  // What the server sets is not the caller's to give.
  sent.set_publisher("somebody");
  sent.set_content_digest("0");

  const auto published = planning_.Publish(
      sent, 0, "p1", "subject=planner-1;roles=planner;scopes=regions/35.09/agencies/dinsos");

  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->document().revision(), 1);
  EXPECT_EQ(published->document().publisher(), "planner-1");
  EXPECT_EQ(published->document().content_digest().size(), 64);
  EXPECT_EQ(published->document().publish_time().seconds(), 1700524800);
  EXPECT_EQ(published->document().log_position(), 1);
  EXPECT_EQ(published->receipt().position(), 1);
  EXPECT_EQ(published->receipt().stream_revision(), 2);
  EXPECT_THAT(published->document().annual_plan(), EqualsProto(TestPlan().annual_plan()));
  const auto got = Get(0);
  ASSERT_THAT(got, IsOk());
  EXPECT_THAT(*got, EqualsProto(published->document()));
}

TEST_F(PlanningServiceTest, ARepeatedPublicationGetsTheFirstAnswer) {
  RegisterDinsos();
  const auto first = planning_.Publish(TestPlan(), 0, "p1");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(planning_.Publish(Revised("2023-11-21", "Perubahan APBD"), 1, "p2"), IsOk());

  auto again = planning_.Publish(TestPlan(), 0, "p1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(end(), 3);
}

TEST_F(PlanningServiceTest, ARequestIdStandsForOneContent) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());

  EXPECT_THAT(planning_.Publish(Revised("2023-02-01", "lain"), 0, "p1"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_THAT(planning_.Publish(TestPlan(), 1, "p1"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(end(), 2);
}

TEST_F(PlanningServiceTest, AnotherRevisionThanTheExpectedOneIsAConflict) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());

  for (const uint32_t expected : {0u, 2u}) {
    const auto refused = planning_.Publish(Revised("2023-11-21", "Perubahan"), expected, "p2");

    EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    EXPECT_THAT(ErrorFacts(refused.status()), ElementsAre(ErrorFact{"current_revision", "1"}));
  }
  EXPECT_EQ(end(), 2);
}

TEST_F(PlanningServiceTest, ASecondRevisionNeedsAReason) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());

  const auto refused = planning_.Publish(Revised("2023-11-21", ""), 1, "p2");

  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(refused, HasField("document.reason"));
  EXPECT_EQ(end(), 2);
}

TEST_F(PlanningServiceTest, TellsTheRevisionInForceOnADay) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());
  ASSERT_THAT(planning_.Publish(Revised("2023-11-21", "Perubahan APBD"), 1, "p2"), IsOk());

  EXPECT_EQ(RevisionOn("2022-12-31"), 0);
  EXPECT_EQ(RevisionOn("2023-01-01"), 1);
  EXPECT_EQ(RevisionOn("2023-11-20"), 1);
  EXPECT_EQ(RevisionOn("2023-11-21"), 2);
  EXPECT_EQ(RevisionOn("2023-11-22"), 2);

  // A revision published later for earlier days takes over from its first day on.
  ASSERT_THAT(planning_.Publish(Revised("2023-07-01", "Ralat"), 2, "p3"), IsOk());
  EXPECT_EQ(RevisionOn("2023-06-30"), 1);
  EXPECT_EQ(RevisionOn("2023-07-01"), 3);
  EXPECT_EQ(RevisionOn("2023-11-22"), 3);
}

TEST_F(PlanningServiceTest, ReturnsEveryRevisionEverPublished) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());
  v1::PlanDocument second = Revised("2023-11-21", "Perubahan APBD");
  second.mutable_annual_plan()->mutable_objectives(0)->set_display_name("Lain");
  ASSERT_THAT(planning_.Publish(second, 1, "p2"), IsOk());

  EXPECT_THAT(Get(1)->annual_plan(), EqualsProto(TestPlan().annual_plan()));
  EXPECT_THAT(Get(2)->annual_plan(), EqualsProto(second.annual_plan()));
  EXPECT_EQ(Get(0)->revision(), 2);
  EXPECT_NE(Get(1)->content_digest(), Get(2)->content_digest());
  EXPECT_THAT(Get(3), StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
  EXPECT_THAT(Get(1, "2023-01-01"), HasField("in_force_on"));
  EXPECT_THAT(Get(0, "21-11-2023"), HasField("in_force_on"));
  EXPECT_THAT(Get(0, "2023-02-29"), HasField("in_force_on"));
  EXPECT_THAT(Get(0, "", kDinsos), HasField("name"));
  EXPECT_THAT(Get(0, "", absl::StrCat(kDinsos, "/annualPlans/2024")),
              StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
}

TEST_F(PlanningServiceTest, ListsRevisionsWithoutContentByPages) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Register(TestAgency("regions/35.09/agencies/dinsos-2"), "r"), IsOk());
  v1::PlanDocument of_other = TestPlan();
  of_other.set_name("regions/35.09/agencies/dinsos-2/annualPlans/2023");
  ASSERT_THAT(planning_.Publish(of_other, 0, "p1"), IsOk());
  for (uint32_t revision = 0; revision < 10; ++revision) {
    ASSERT_THAT(
        planning_.Publish(Revised("2023-01-01", "r"), revision, absl::StrCat("p", revision)),
        IsOk());
  }
  v1::PlanDocument agreement;
  agreement.set_name(absl::StrCat(kDinsos, "/performanceAgreements/2023"));
  agreement.set_effective_date("2023-01-02");
  agreement.mutable_performance_agreement()->set_year(2023);
  v1::AgreedTarget* target = agreement.mutable_performance_agreement()->add_targets();
  target->set_indicator_code("IKU1");
  target->mutable_target()->set_value("90.2");
  target->mutable_target()->set_unit("%");
  ASSERT_THAT(planning_.Publish(agreement, 0, "pk"), IsOk());

  const auto first = ListRevisions(9);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->documents_size(), 9);
  EXPECT_EQ(first->documents(8).revision(), 9);
  const auto second = ListRevisions(9, first->next_page_token());
  ASSERT_THAT(second, IsOk());

  EXPECT_THAT(Revisions(*second),
              ElementsAre("annualPlans/2023@10", "performanceAgreements/2023@1"));
  EXPECT_EQ(second->next_page_token(), "");
  for (const v1::PlanDocument& document : first->documents()) {
    EXPECT_EQ(document.content_case(), v1::PlanDocument::CONTENT_NOT_SET);
    EXPECT_NE(document.content_digest(), "");
    EXPECT_NE(document.log_position(), 0);
  }
}

TEST_F(PlanningServiceTest, SaysNothingAboutAForeignAgency) {
  RegisterDinsos();
  ASSERT_THAT(planning_.Publish(TestPlan(), 0, "p1"), IsOk());
  const auto denied = [](const auto& result) {
    EXPECT_THAT(result, StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
    return std::string(testing::StatusOf(result).message());
  };

  denied(planning_.Register(TestAgency("regions/35.09/agencies/baru"), "r", kPlannerElsewhere));
  denied(planning_.Publish(Revised("2023-11-21", "r"), 1, "p2", kPlannerElsewhere));
  denied(Get(0, "", kPlan2023, kPlannerElsewhere));
  denied(ListAgencies("regions/35", 0, "", kPlannerElsewhere));
  denied(ListAgencies("regions/-", 0, "", kPlannerElsewhere));
  // The answer is the same whether or not it exists.
  std::string there = denied(GetAgency(kDinsos, kPlannerElsewhere));
  std::string not_there = denied(GetAgency("regions/35.09/agencies/dinsox", kPlannerElsewhere));
  there.replace(there.find("dinsos"), 6, "dinsox");
  EXPECT_EQ(there, not_there);
  // A reporter of the agency itself publishes no plans.
  denied(planning_.Publish(Revised("2023-11-21", "r"), 1, "p2",
                           "subject=x;roles=reporter;scopes=regions/35.09"));
  EXPECT_EQ(end(), 2);
}

TEST_F(PlanningServiceTest, OfTwoWritersOfOneRevisionOneWinsEachRound) {
  constexpr uint32_t kRounds = 30;
  RegisterDinsos();

  for (uint32_t round = 0; round < kRounds; ++round) {
    absl::Status results[2];
    const auto publish = [&](int writer) {
      v1::PlanDocument document = Revised("2023-01-01", "r");
      document.set_notes(absl::StrCat("writer ", writer));
      results[writer] =
          planning_.Publish(document, round, absl::StrCat("w", writer, ".", round)).status();
    };
    std::thread other(publish, 1);
    publish(0);
    other.join();

    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << " " << results[1];
    EXPECT_THAT(results[0].ok() ? results[1] : results[0],
                StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    ASSERT_EQ(end(), round + 2);
  }
  EXPECT_EQ(Get(0)->revision(), kRounds);
}

TEST_F(PlanningServiceTest, WritersOfDifferentDocumentsDoNotConflict) {
  constexpr int kYears = 20;
  RegisterDinsos();
  const auto publish = [&](int first_year) {
    for (int year = first_year; year < first_year + kYears; ++year) {
      v1::PlanDocument document = TestPlan();
      document.set_name(absl::StrCat(kDinsos, "/annualPlans/", year));
      document.mutable_annual_plan()->set_year(year);
      EXPECT_THAT(planning_.Publish(document, 0, absl::StrCat("y", year)), IsOk());
    }
  };

  std::thread other(publish, 2000);
  publish(2050);
  other.join();

  EXPECT_EQ(end(), 1 + 2 * kYears);
}

TEST_F(PlanningServiceTest, AnEventOfAnotherTimeStopsNobody) {
  RegisterDinsos();
  eventlog::AppendRequest request = eventlog::TestRequest("later", 1, kDinsos, {});
  request.events = {{"sakip.planning.v1.OfALaterVersion", "payload"},
                    {v1::DocumentPublished::descriptor()->full_name(), "\xFF\xFF"}};
  ASSERT_THAT(eventlog::AppendNow(planning_.log(), std::move(request)), IsOk());

  EXPECT_THAT(planning_.Publish(TestPlan(), 0, "plan"), IsOk());
  EXPECT_EQ(Get(0)->revision(), 1);
  EXPECT_EQ(end(), 4);
}

}  // namespace
}  // namespace sakip::planning
