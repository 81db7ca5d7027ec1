// Comparing, tracing and listing documents over gRPC; the log is in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;
using Stub = v1::PlanningService::Stub;

constexpr char kRenstra[] = "regions/35.09/agencies/dinsos/strategicPlans/2021-2026";

v1::PlanDocument TestStrategicPlan() {
  v1::PlanDocument document;
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "regions/35.09/agencies/dinsos/strategicPlans/2021-2026"
        effective_date: "2021-01-01"
        strategic_plan {
          first_year: 2021
          last_year: 2026
          regional_missions {
            code: "M3"
            display_name: "Menuntaskan kemiskinan"
            goals {
              code: "M3.T1"
              display_name: "Mengentaskan kemiskinan"
              objectives { code: "M3.S1" display_name: "Menurunnya kemiskinan" }
            }
          }
          goals {
            code: "T1"
            display_name: "Menurunnya kemiskinan"
            regional_objective_code: "M3.S1"
            objectives {
              code: "S1"
              display_name: "Meningkatnya kesejahteraan sosial"
              indicators {
                code: "IKU1"
                display_name: "Persentase PSKS yang Berdaya"
                targets {
                  year: 2023
                  target { value: "90.2" unit: "%" }
                }
              }
            }
          }
          goals { code: "T2" display_name: "Tanpa sasaran daerah" }
        }
      )pb",
      &document));
  return document;
}

// `mission M3 > regional goal M3.T1 > ...` down the first child of each.
std::string FirstWayDown(const v1::CascadeNode& node) {
  const std::string here =
      absl::StrCat(v1::CascadeNode::Level_Name(node.level()).substr(6), " ", node.code());
  if (node.children().empty()) return here;
  return absl::StrCat(here, " > ", FirstWayDown(node.children(0)));
}

class ComparingTest : public ::testing::Test {
 protected:
  ComparingTest() { SAKIP_CHECK(planning_.Register(TestAgency(), "agency").ok()); }

  void Publish(v1::PlanDocument document, uint32_t expected_revision = 0) {
    if (expected_revision > 0) document.set_reason("Perubahan");
    ASSERT_THAT(planning_.Publish(document, expected_revision, absl::StrCat("r", ++requests_)),
                IsOk());
  }

  // `CHANGED path: before -> after`.
  absl::StatusOr<std::vector<std::string>> Changes(const v1::DiffDocumentsRequest& request) {
    const auto response = rpc::CallNow(planning_.stub(), &Stub::DiffDocuments, request);
    if (!response.ok()) return response.status();
    std::vector<std::string> changes;
    for (const v1::DocumentChange& change : response->changes()) {
      changes.push_back(absl::StrCat(v1::DocumentChange::Kind_Name(change.kind()).substr(5), " ",
                                     change.path(), ": ", change.before(), " -> ", change.after()));
    }
    return changes;
  }

  // `annualPlans/2023@1` of one page after the other.
  std::vector<std::string> ListAll(v1::ListDocumentRevisionsRequest request) {
    std::vector<std::string> all;
    do {
      const auto page = rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const v1::PlanDocument& document : page->documents()) {
        all.push_back(absl::StrCat(document.name().substr(document.name().rfind('/') - 5), "@",
                                   document.revision()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  PlanningServer planning_;
  int requests_ = 0;
};

TEST_F(ComparingTest, TellsEveryValueThatDiffersByItsCode) {
  Publish(TestPlan());
  v1::PlanDocument amended = TestPlan();
  amended.set_effective_date("2023-11-21");
  v1::Objective& objective = *amended.mutable_annual_plan()->mutable_objectives(0);
  objective.mutable_indicators(0)->mutable_target()->set_value("91");
  objective.mutable_indicators(0)->clear_ratio();
  objective.mutable_indicators(0)->add_responsible_units("dayasos");
  v1::Activity& activity = *objective.mutable_programs(0)->mutable_activities(0);
  // In front of the one that was there: the order is no difference.
  v1::SubActivity kept = activity.sub_activities(0);
  v1::SubActivity& added = *activity.mutable_sub_activities(0);
  added.Clear();
  added.set_code("SK2");
  added.set_display_name("Bimbingan");
  added.set_budget("24000000");
  *activity.add_sub_activities() = kept;
  Publish(amended, 1);

  v1::DiffDocumentsRequest request;
  request.set_name(kPlan2023);
  const auto changes = Changes(request);
  ASSERT_THAT(changes, IsOk());
  const std::string indicator = "annual_plan.objectives[S1].indicators[IKU1]";
  const std::string sub =
      "annual_plan.objectives[S1].programs[P1].activities[K1].sub_activities[SK2]";
  EXPECT_THAT(
      *changes,
      ::testing::UnorderedElementsAre(
          "CHANGED effective_date: 2023-01-01 -> 2023-11-21", "ADDED reason:  -> Perubahan",
          "CHANGED " + indicator + ".target.value: 90.2 -> 91",
          "REMOVED " + indicator + ".ratio.numerator: PSKS yang berdaya -> ",
          "REMOVED " + indicator + ".ratio.denominator: PSKS -> ",
          "ADDED " + indicator + ".responsible_units[dayasos]:  -> dayasos",
          "ADDED " + sub + ".code:  -> SK2", "ADDED " + sub + ".display_name:  -> Bimbingan",
          "ADDED " + sub + ".budget:  -> 24000000"));
}

TEST_F(ComparingTest, ComparesRevisionsByNumberOrByDay) {
  Publish(TestPlan());
  v1::PlanDocument amended = TestPlan();
  amended.set_effective_date("2023-11-21");
  Publish(amended, 1);
  amended.set_effective_date("2023-12-01");
  Publish(amended, 2);

  v1::DiffDocumentsRequest request;
  request.set_name(kPlan2023);
  EXPECT_THAT(*Changes(request), ElementsAre("CHANGED effective_date: 2023-11-21 -> 2023-12-01"));
  request.set_from_day("2023-11-20");
  request.set_to_day("2023-11-22");
  EXPECT_THAT(*Changes(request), SizeIs(2));
  request.set_to_day("2023-11-20");
  EXPECT_THAT(*Changes(request), IsEmpty());
  request.set_from_revision(1);
  EXPECT_THAT(Changes(request), HasField("from_day"));
  request.clear_from_day();
  request.clear_to_day();
  request.set_to_revision(4);
  EXPECT_THAT(Changes(request), StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
}

TEST_F(ComparingTest, ComparesTheFirstRevisionWithNothing) {
  Publish(TestPlan());
  v1::DiffDocumentsRequest request;
  request.set_name(kPlan2023);
  request.set_to_revision(1);
  const auto changes = Changes(request);
  ASSERT_THAT(changes, IsOk());
  for (const std::string& change : *changes) EXPECT_EQ(change.find("ADDED "), 0u) << change;
}

TEST_F(ComparingTest, TracesSubActivitiesUpToTheMission) {
  Publish(TestStrategicPlan());
  Publish(TestPlan());
  v1::GetCascadeRequest request;
  request.set_parent(kDinsos);
  request.set_year(2023);
  const auto cascade = rpc::CallNow(planning_.stub(), &Stub::GetCascade, request);
  ASSERT_THAT(cascade, IsOk());
  ASSERT_THAT(cascade->roots(), SizeIs(1));
  EXPECT_EQ(FirstWayDown(cascade->roots(0)),
            "MISSION M3 > REGIONAL_GOAL M3.T1 > REGIONAL_OBJECTIVE M3.S1 > GOAL T1 > "
            "OBJECTIVE S1 > PROGRAM P1 > ACTIVITY K1 > SUB_ACTIVITY SK1");
  const v1::CascadeNode& objective =
      cascade->roots(0).children(0).children(0).children(0).children(0);
  EXPECT_EQ(objective.budget(), "60979145376");
  EXPECT_EQ(objective.indicators(0).target().value(), "90.2");
  ASSERT_THAT(cascade->orphans(), SizeIs(1));
  EXPECT_EQ(cascade->orphans(0).code(), "T2");
  EXPECT_EQ(cascade->strategic_plan(), absl::StrCat(kRenstra, "@1"));
  EXPECT_EQ(cascade->annual_plan(), absl::StrCat(kPlan2023, "@1"));
}

TEST_F(ComparingTest, TracesWhatThereIs) {
  v1::GetCascadeRequest request;
  request.set_parent(kDinsos);
  request.set_year(2023);
  EXPECT_THAT(rpc::CallNow(planning_.stub(), &Stub::GetCascade, request),
              StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
  Publish(TestPlan());
  auto cascade = rpc::CallNow(planning_.stub(), &Stub::GetCascade, request);
  ASSERT_THAT(cascade, IsOk());
  EXPECT_THAT(cascade->roots(), IsEmpty());
  ASSERT_THAT(cascade->orphans(), SizeIs(1));
  EXPECT_EQ(FirstWayDown(cascade->orphans(0)),
            "OBJECTIVE S1 > PROGRAM P1 > ACTIVITY K1 > SUB_ACTIVITY SK1");
  request.set_in_force_on("2022-12-31");
  EXPECT_THAT(rpc::CallNow(planning_.stub(), &Stub::GetCascade, request),
              StatusIs(StatusCode::kNotFound, "DOCUMENT_NOT_FOUND"));
  request.set_in_force_on("kemarin");
  EXPECT_THAT(rpc::CallNow(planning_.stub(), &Stub::GetCascade, request), HasField("in_force_on"));
}

class ListingTest : public ComparingTest {
 protected:
  ListingTest() {
    Publish(TestPlan());
    Publish(TestStrategicPlan());
    v1::PlanDocument amended = TestPlan();
    amended.set_effective_date("2023-11-21");
    Publish(amended, 1);
    v1::PlanDocument next = TestPlan();
    next.set_name("regions/35.09/agencies/dinsos/annualPlans/2024");
    next.set_effective_date("2024-01-01");
    next.mutable_annual_plan()->set_year(2024);
    Publish(next);
    request_.set_parent("regions/35");
    request_.set_page_size(1);
  }

  v1::ListDocumentRevisionsRequest request_;
};

TEST_F(ListingTest, OrdersByNameOrAsTheyWerePublished) {
  EXPECT_THAT(ListAll(request_),
              ElementsAre("Plans/2023@1", "Plans/2023@2", "Plans/2024@1", "Plans/2021-2026@1"));
  request_.set_order_by("name desc");
  EXPECT_THAT(ListAll(request_),
              ElementsAre("Plans/2021-2026@1", "Plans/2024@1", "Plans/2023@2", "Plans/2023@1"));
  request_.set_order_by("log_position");
  EXPECT_THAT(ListAll(request_),
              ElementsAre("Plans/2023@1", "Plans/2021-2026@1", "Plans/2023@2", "Plans/2024@1"));
  request_.set_order_by("log_position desc");
  EXPECT_THAT(ListAll(request_),
              ElementsAre("Plans/2024@1", "Plans/2023@2", "Plans/2021-2026@1", "Plans/2023@1"));
}

TEST_F(ListingTest, FiltersByCollectionYearAndDay) {
  request_.set_collection("annualPlans");
  EXPECT_THAT(ListAll(request_), SizeIs(3));
  request_.set_in_force_on("2023-12-31");
  EXPECT_THAT(ListAll(request_), ElementsAre("Plans/2023@2"));
  request_.clear_collection();
  request_.set_in_force_on("2023-11-20");
  request_.set_year(2023);
  EXPECT_THAT(ListAll(request_), ElementsAre("Plans/2023@1", "Plans/2021-2026@1"));
  request_.set_year(2027);
  EXPECT_THAT(ListAll(request_), IsEmpty());
  request_.clear_year();
  request_.clear_in_force_on();
  request_.set_parent("regions/35.1");
  EXPECT_THAT(rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request_),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  request_.set_parent("regions/35.10");
  EXPECT_THAT(ListAll(request_), IsEmpty());
}

TEST_F(ListingTest, RefusesWhatItDoesNotKnow) {
  request_.set_collection("plans");
  request_.set_order_by("year");
  request_.set_year(1999);
  request_.set_in_force_on("kemarin");
  const auto refused = rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request_);
  for (const char* field : {"collection", "order_by", "year", "in_force_on"}) {
    EXPECT_THAT(refused, HasField(field));
  }
}

TEST_F(ListingTest, APageHoldsItsPlaceWhileOthersPublish) {
  request_.set_order_by("log_position desc");
  const auto first = rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request_);
  ASSERT_THAT(first, IsOk());
  v1::PlanDocument amended = TestPlan();
  amended.set_effective_date("2023-12-01");
  Publish(amended, 2);
  request_.set_page_token(first->next_page_token());
  EXPECT_THAT(ListAll(request_), ElementsAre("Plans/2023@2", "Plans/2021-2026@1", "Plans/2023@1"));
  request_.set_order_by("name");
  EXPECT_THAT(rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request_),
              HasField("page_token"));
}

}  // namespace
}  // namespace sakip::planning
