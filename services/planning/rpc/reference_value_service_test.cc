// Calls the service of reference values over gRPC as a client does; the log is in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
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
using Outcome = v1::ReferenceValueOutcome;
using Rows = std::vector<v1::ReferenceValue>;
using Stub = v1::ReferenceValueService::Stub;

constexpr auto kCreated = Outcome::OUTCOME_CREATED;
constexpr auto kUpdated = Outcome::OUTCOME_UPDATED;
constexpr auto kUnchanged = Outcome::OUTCOME_UNCHANGED;
constexpr auto kRefused = Outcome::OUTCOME_REFUSED;

v1::ReferenceValue Row(const std::string& indicator_code, const std::string& value,
                       int year = 2023) {
  v1::ReferenceValue row;
  row.set_indicator_code(indicator_code);
  row.set_year(year);
  row.set_level(v1::ReferenceValue::LEVEL_NATIONAL);
  row.mutable_measure()->set_value(value);
  row.mutable_measure()->set_unit("%");
  row.set_source("BPS, Statistik Kesejahteraan Sosial");
  return row;
}

class ReferenceValueServiceTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::PublishReferenceValuesResponse> Publish(
      const Rows& rows, const std::string& request_id, bool dry_run = false,
      const std::string& dev_identity = "", const std::string& parent = "regions/35") {
    v1::PublishReferenceValuesRequest request;
    request.set_parent(parent);
    for (const v1::ReferenceValue& row : rows) *request.add_rows() = row;
    request.set_request_id(request_id);
    request.set_dry_run(dry_run);
    return rpc::CallNow(stub(), &Stub::PublishReferenceValues, request, dev_identity);
  }

  absl::StatusOr<v1::ListReferenceValuesResponse> List(v1::ListReferenceValuesRequest request,
                                                       const std::string& dev_identity = "") {
    if (request.parent().empty()) request.set_parent("regions/35");
    return rpc::CallNow(stub(), &Stub::ListReferenceValues, request, dev_identity);
  }

  // `IKU1 2023 90.2` for each value.
  std::vector<std::string> Values(const v1::ListReferenceValuesRequest& request = {}) {
    std::vector<std::string> values;
    const auto page = List(request);
    EXPECT_THAT(page, IsOk());
    if (!page.ok()) return values;
    for (const v1::ReferenceValue& value : page->reference_values()) {
      values.push_back(
          absl::StrCat(value.indicator_code(), " ", value.year(), " ", value.measure().value()));
    }
    return values;
  }

  Stub& stub() { return planning_.reference_value_stub(); }
  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
};

std::vector<Outcome::Outcome> Outcomes(
    const absl::StatusOr<v1::PublishReferenceValuesResponse>& response) {
  EXPECT_THAT(response, IsOk());
  std::vector<Outcome::Outcome> outcomes;
  if (!response.ok()) return outcomes;
  for (const Outcome& outcome : response->outcomes()) outcomes.push_back(outcome.outcome());
  return outcomes;
}

TEST_F(ReferenceValueServiceTest, TellsWhatBecameOfEveryRowAndStoresTheGoodOnes) {
  ASSERT_THAT(Publish({Row("IKU1", "90.2"), Row("IKU2", "5")}, "r1"), IsOk());
  v1::ReferenceValue no_source = Row("IKU4", "1");
  no_source.clear_source();

  const auto answer = Publish({Row("IKU2", "6"), Row("IKU3", "0"), Row("IKU1", "90.20"),
                               Row("IKU5", "90,2"), no_source, Row("IKU3", "1")},
                              "r2");

  EXPECT_THAT(Outcomes(answer),
              ElementsAre(kUpdated, kCreated, kUnchanged, kRefused, kRefused, kRefused));
  EXPECT_EQ(answer->created_count(), 1);
  EXPECT_EQ(answer->updated_count(), 1);
  EXPECT_EQ(answer->unchanged_count(), 1);
  EXPECT_EQ(answer->refused_count(), 3);
  EXPECT_EQ(answer->outcomes(1).name(), "regions/35/referenceValues/national.2023.IKU3");
  ASSERT_EQ(answer->outcomes(3).violations_size(), 1);
  EXPECT_EQ(answer->outcomes(3).violations(0).field(), "rows[3].measure.value");
  EXPECT_EQ(answer->outcomes(4).violations(0).field(), "rows[4].source");
  EXPECT_EQ(answer->outcomes(5).violations(0).field(), "rows[5]");
  // Zero is a value; a request is one event, and what did not change is not stored again.
  EXPECT_THAT(Values(), ElementsAre("IKU1 2023 90.2", "IKU2 2023 6", "IKU3 2023 0"));
  EXPECT_EQ(end(), 2);
  const auto list = List({});
  EXPECT_EQ(list->reference_values(0).log_position(), 0);
  EXPECT_EQ(list->reference_values(1).log_position(), 1);
  EXPECT_EQ(list->reference_values(2).log_position(), 1);
  EXPECT_EQ(answer->receipt().position(), 1);
}

TEST_F(ReferenceValueServiceTest, ARepeatGetsTheFirstAnswerWhateverWasPublishedMeanwhile) {
  ASSERT_THAT(Publish({Row("IKU1", "1")}, "r1"), IsOk());
  const Rows rows = {Row("IKU1", "1"), Row("IKU2", "2"), Row("IKU3", "x")};
  const auto first = Publish(rows, "r2");
  ASSERT_THAT(Outcomes(first), ElementsAre(kUnchanged, kCreated, kRefused));
  ASSERT_THAT(Publish({Row("IKU1", "7"), Row("IKU2", "8")}, "r3"), IsOk());

  auto again = Publish(rows, "r2");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_THAT(Values(), ElementsAre("IKU1 2023 7", "IKU2 2023 8"));
  EXPECT_EQ(end(), 3);
}

// Otherwise a late repeat would undo what was published after it.
TEST_F(ReferenceValueServiceTest, ARequestThatChangesNothingIsRememberedToo) {
  ASSERT_THAT(Publish({Row("IKU1", "1")}, "r1"), IsOk());
  ASSERT_THAT(Outcomes(Publish({Row("IKU1", "1")}, "r2")), ElementsAre(kUnchanged));
  ASSERT_THAT(Outcomes(Publish({Row("IKU1", "2")}, "r3")), ElementsAre(kUpdated));

  EXPECT_THAT(Outcomes(Publish({Row("IKU1", "1")}, "r2")), ElementsAre(kUnchanged));
  EXPECT_THAT(Values(), ElementsAre("IKU1 2023 2"));
}

TEST_F(ReferenceValueServiceTest, ARequestIdIsForOneContent) {
  ASSERT_THAT(Publish({Row("IKU1", "1")}, "r1"), IsOk());

  EXPECT_THAT(Publish({Row("IKU1", "2")}, "r1"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Values(), ElementsAre("IKU1 2023 1"));
}

TEST_F(ReferenceValueServiceTest, ADryRunTellsTheOutcomesAndStoresNothing) {
  ASSERT_THAT(Publish({Row("IKU1", "1")}, "r1"), IsOk());
  const Rows rows = {Row("IKU1", "2"), Row("IKU2", "2"), Row("IKU3", "x")};

  const auto dry = Publish(rows, "r2", /*dry_run=*/true);

  EXPECT_THAT(Outcomes(dry), ElementsAre(kUpdated, kCreated, kRefused));
  EXPECT_FALSE(dry->has_receipt());
  EXPECT_EQ(end(), 1);
  EXPECT_THAT(Values(), ElementsAre("IKU1 2023 1"));
  // Nor is the request id taken.
  EXPECT_THAT(Outcomes(Publish(rows, "r2")), ElementsAre(kUpdated, kCreated, kRefused));
}

TEST_F(ReferenceValueServiceTest, WhereEveryRowIsRefusedNothingIsStored) {
  const auto answer = Publish({Row("", "1"), Row("IKU1", "")}, "r1");

  EXPECT_THAT(Outcomes(answer), ElementsAre(kRefused, kRefused));
  EXPECT_FALSE(answer->has_receipt());
  EXPECT_EQ(end(), 0);
}

TEST_F(ReferenceValueServiceTest, RefusesNoRowsTooManyRowsAndOtherParents) {
  EXPECT_THAT(Publish({}, "r1"), HasField("rows"));
  EXPECT_THAT(Publish(Rows(10'001, Row("IKU1", "1")), "r1"), HasField("rows"));
  EXPECT_THAT(Publish({Row("IKU1", "1")}, "r1", false, "", "regions/-"), HasField("parent"));
  EXPECT_THAT(Publish({Row("IKU1", "1")}, "r1", false, "", kDinsos), HasField("parent"));
}

TEST_F(ReferenceValueServiceTest, TenThousandRowsAreOneEvent) {
  Rows rows;
  for (int i = 0; i < 10'000; ++i) {
    rows.push_back(Row(absl::StrCat("IKU", i / 100), "1.5", 2000 + i % 100));
  }

  const auto answer = Publish(rows, "r1");

  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->created_count(), 10'000);
  EXPECT_EQ(end(), 1);
  EXPECT_EQ(Publish(rows, "r2")->unchanged_count(), 10'000);
}

TEST_F(ReferenceValueServiceTest, ListsByFilterAndPage) {
  Rows rows;
  for (const char* code : {"IKU2", "IKU", "IKU1", "IKU-1"}) {
    for (const int year : {2023, 2022}) rows.push_back(Row(code, "1", year));
  }
  ASSERT_THAT(Publish(rows, "r1"), IsOk());
  ASSERT_THAT(Publish({Row("IKU1", "9")}, "r1", false, "", "regions/35.09"), IsOk());

  EXPECT_THAT(Values(), ElementsAre("IKU 2022 1", "IKU 2023 1", "IKU-1 2022 1", "IKU-1 2023 1",
                                    "IKU1 2022 1", "IKU1 2023 1", "IKU2 2022 1", "IKU2 2023 1"));
  v1::ListReferenceValuesRequest request;
  request.set_indicator_code("IKU");
  EXPECT_THAT(Values(request), ElementsAre("IKU 2022 1", "IKU 2023 1"));
  request.set_year(2023);
  EXPECT_THAT(Values(request), ElementsAre("IKU 2023 1"));
  request.set_parent("regions/36");
  EXPECT_THAT(Values(request), IsEmpty());
  request.set_year(1);
  EXPECT_THAT(List(request), HasField("year"));

  v1::ListReferenceValuesRequest paged;
  paged.set_parent("regions/-");
  paged.set_page_size(4);
  std::vector<std::string> values;
  do {
    const auto page = List(paged);
    ASSERT_THAT(page, IsOk());
    for (const auto& value : page->reference_values()) values.push_back(value.name());
    paged.set_page_token(page->next_page_token());
  } while (!paged.page_token().empty());
  ASSERT_EQ(values.size(), 9u);
  EXPECT_EQ(values.front(), "regions/35/referenceValues/national.2022.IKU");
  EXPECT_EQ(values.back(), "regions/35.09/referenceValues/national.2023.IKU1");
}

TEST_F(ReferenceValueServiceTest, EveryoneBelowReadsAndOnlyProvinceClientsPublish) {
  constexpr char kProvince[] = "subject=prov;roles=province_reader;scopes=regions/35";
  constexpr char kPlanner[] = "subject=x;roles=planner;scopes=regions/35.09/agencies/dinsos";
  const auto denied = StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED");

  EXPECT_THAT(Publish({Row("IKU1", "1")}, "r1", false, kProvince), IsOk());
  EXPECT_THAT(List({}, kPlanner), IsOk());
  EXPECT_THAT(List({}, "subject=x;roles=planner;scopes=regions/36"), denied);
  EXPECT_THAT(Publish({Row("IKU1", "2")}, "r2", false, kPlanner), denied);
  EXPECT_THAT(Publish({Row("IKU1", "2")}, "r2", false,
                      "subject=x;roles=province_reader;scopes=regions/35.09"),
              denied);
  EXPECT_THAT(
      Publish({Row("IKU1", "2")}, "r2", false, "subject=x;roles=operator;scopes=regions/35"),
      denied);
}

TEST_F(ReferenceValueServiceTest, OfManyWhoPublishAtOnceNoneIsLost) {
  constexpr int kWriters = 8;
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_THAT(Publish({Row(absl::StrCat("IKU", i), "1"), Row("same", absl::StrCat(i))},
                          absl::StrCat("r", i)),
                  IsOk());
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(Values().size(), kWriters + 1u);
  EXPECT_EQ(end(), kWriters);
}

TEST_F(ReferenceValueServiceTest, IsThereAgainAfterARestart) {
  ASSERT_THAT(Publish({Row("IKU1", "1"), Row("IKU2", "2")}, "r1"), IsOk());
  ASSERT_THAT(Publish({Row("IKU1", "3")}, "r2"), IsOk());

  PlanningViews views;
  const auto records = eventlog::ReadAll(planning_.log());
  ASSERT_THAT(records, IsOk());
  for (size_t i = 0; i < records->size(); ++i) views.Apply(i, (*records)[i]);

  const auto values = views.reference_values().List("", "", 10, [](const auto&) { return true; });
  const auto served = List({});
  ASSERT_EQ(values.size(), 2u);
  for (int i = 0; i < 2; ++i) EXPECT_THAT(values[i], EqualsProto(served->reference_values(i)));
  EXPECT_EQ(views.reference_values().StreamRevision("regions/35/referenceValues"), 2);
}

}  // namespace
}  // namespace sakip::planning
