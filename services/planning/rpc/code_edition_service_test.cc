// Calls the service of code editions over gRPC as a client does; the log is in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
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
using Stub = v1::CodeEditionService::Stub;

constexpr char kEdition[] = "regions/35/codeEditions/kepmendagri-050-5889-2021";
constexpr char kProvince[] = "subject=prov;roles=province_reader;scopes=regions/35";
constexpr char kHeadOfDinsos[] =
    "subject=kadis;roles=agency_head;scopes=regions/35.09/agencies/dinsos";

v1::CodeEntry Entry(const std::string& code, const std::string& display_name) {
  v1::CodeEntry entry;
  entry.set_code(code);
  entry.set_display_name(display_name);
  return entry;
}

v1::CodeEdition TestEdition(const std::string& name = kEdition) {
  v1::CodeEdition edition;
  edition.set_name(name);
  edition.set_kind(v1::CodeEdition::KIND_NOMENCLATURE);
  edition.set_display_name("Klasifikasi dan Kodefikasi Program");
  edition.set_legal_basis("Kepmendagri 050-5889 Tahun 2021");
  edition.set_valid_from("2022-01-01");
  *edition.add_entries() = Entry("1.06", "Sosial");
  *edition.add_entries() = Entry("1.06.04", "Program Rehabilitasi Sosial");
  *edition.add_entries() = Entry("1.06.04.2.01", "Rehabilitasi Sosial Dasar");
  *edition.add_entries() = Entry("1.06.04.2.01.0001", "Penyediaan Permakanan");
  edition.mutable_entries(3)->set_indicator("Jumlah orang yang mendapat permakanan");
  edition.mutable_entries(3)->set_unit("orang");
  return edition;
}

class CodeEditionServiceTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::PublishCodeEditionResponse> Publish(const v1::CodeEdition& edition,
                                                         const std::string& request_id,
                                                         const std::string& dev_identity = "") {
    v1::PublishCodeEditionRequest request;
    *request.mutable_code_edition() = edition;
    request.set_request_id(request_id);
    return rpc::CallNow(stub(), &Stub::PublishCodeEdition, request, dev_identity);
  }

  absl::StatusOr<v1::CodeEdition> Get(const std::string& name,
                                      const std::string& dev_identity = "") {
    v1::GetCodeEditionRequest request;
    request.set_name(name);
    auto response = rpc::CallNow(stub(), &Stub::GetCodeEdition, request, dev_identity);
    if (!response.ok()) return response.status();
    return response->code_edition();
  }

  absl::StatusOr<v1::ListCodeEditionsResponse> List(const std::string& parent,
                                                    bool include_ancestors = false,
                                                    const std::string& dev_identity = "",
                                                    int page_size = 0,
                                                    const std::string& page_token = "") {
    v1::ListCodeEditionsRequest request;
    request.set_parent(parent);
    request.set_include_ancestors(include_ancestors);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(stub(), &Stub::ListCodeEditions, request, dev_identity);
  }

  absl::StatusOr<v1::LookUpCodesResponse> LookUp(const std::vector<std::string>& codes,
                                                 const std::string& name = kEdition,
                                                 const std::string& dev_identity = "") {
    v1::LookUpCodesRequest request;
    request.set_name(name);
    for (const std::string& code : codes) request.add_codes(code);
    return rpc::CallNow(stub(), &Stub::LookUpCodes, request, dev_identity);
  }

  Stub& stub() { return planning_.code_edition_stub(); }
  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
};

std::vector<std::string> Names(const absl::StatusOr<v1::ListCodeEditionsResponse>& page) {
  EXPECT_THAT(page, IsOk());
  std::vector<std::string> names;
  if (!page.ok()) return names;
  for (const v1::CodeEdition& edition : page->code_editions()) names.push_back(edition.name());
  return names;
}

TEST_F(CodeEditionServiceTest, PublishesAndReturnsAnEdition) {
  const auto published = Publish(TestEdition(), "r1", kProvince);

  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->receipt().position(), 0);
  EXPECT_EQ(published->receipt().stream_revision(), 1);
  const auto got = Get(kEdition);
  ASSERT_THAT(got, IsOk());
  v1::CodeEdition expected = TestEdition();
  expected.set_entry_count(4);
  expected.set_publisher("prov");
  expected.set_content_digest(got->content_digest());
  *expected.mutable_publish_time() = got->publish_time();
  EXPECT_THAT(*got, EqualsProto(expected));
  EXPECT_EQ(got->content_digest().size(), 64);
  expected.clear_entries();
  EXPECT_THAT(published->code_edition(), EqualsProto(expected));
}

TEST_F(CodeEditionServiceTest, ARepeatGetsTheFirstAnswer) {
  const auto first = Publish(TestEdition(), "r1");
  ASSERT_THAT(first, IsOk());
  planning_.clock().Advance(absl::Hours(1));

  auto again = Publish(TestEdition(), "r1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(end(), 1);
}

TEST_F(CodeEditionServiceTest, AnEditionDoesNotChange) {
  ASSERT_THAT(Publish(TestEdition(), "r1"), IsOk());
  v1::CodeEdition other = TestEdition();
  other.mutable_entries(3)->set_display_name("Lain");

  EXPECT_THAT(Publish(TestEdition(), "r2"),
              StatusIs(StatusCode::kAlreadyExists, "CODE_EDITION_EXISTS"));
  EXPECT_THAT(Publish(other, "r3"), StatusIs(StatusCode::kAlreadyExists, "CODE_EDITION_EXISTS"));
  EXPECT_THAT(Publish(other, "r1"), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(Get(kEdition)->entries(3).display_name(), "Penyediaan Permakanan");
  EXPECT_EQ(end(), 1);
}

TEST_F(CodeEditionServiceTest, OfManyWhoPublishOneWins) {
  std::atomic<int> published = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const auto answer = Publish(TestEdition(), absl::StrCat("r", i));
      if (answer.ok()) {
        ++published;
      } else {
        EXPECT_THAT(answer, StatusIs(StatusCode::kAlreadyExists, "CODE_EDITION_EXISTS"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(published, 1);
  EXPECT_EQ(end(), 1);
}

TEST_F(CodeEditionServiceTest, NamesEveryWrongFieldAndStoresNothing) {
  v1::CodeEdition edition = TestEdition();
  edition.mutable_entries(1)->set_code("1.06");
  edition.mutable_entries(3)->set_display_name("a\x01");

  const auto refused = Publish(edition, "r1");

  EXPECT_THAT(refused, HasField("code_edition.entries[1].code"));
  EXPECT_THAT(refused, HasField("code_edition.entries[2].code"));
  EXPECT_THAT(refused, HasField("code_edition.entries[3].display_name"));
  EXPECT_THAT(Publish(TestEdition("regions/35.09/agencies/dinsos/codeEditions/a"), "r1"),
              HasField("code_edition.name"));
  EXPECT_EQ(end(), 0);
}

TEST_F(CodeEditionServiceTest, TenThousandCodesComeBackInOrder) {
  v1::CodeEdition edition = TestEdition();
  for (int i = edition.entries_size(); i < 10'000; ++i) {
    if (i == 5000) {
      *edition.add_entries() = Entry("1.06.04.2.02", "Kegiatan");
      continue;
    }
    const std::string activity = i < 5000 ? "1.06.04.2.01" : "1.06.04.2.02";
    *edition.add_entries() = Entry(absl::StrCat(activity, ".", 1000 + i % 5000), "Sub kegiatan");
  }

  ASSERT_THAT(Publish(edition, "r1"), IsOk());

  const auto got = Get(kEdition);
  ASSERT_THAT(got, IsOk());
  ASSERT_EQ(got->entries_size(), 10'000);
  for (int i = 0; i < got->entries_size(); ++i) {
    ASSERT_THAT(got->entries(i), EqualsProto(edition.entries(i)));
  }
}

TEST_F(CodeEditionServiceTest, ListsEditionsOfTheRegionAndOfThoseAboveWhereAsked) {
  for (const char* name :
       {"regions/35/codeEditions/b", "regions/35/codeEditions/a", "regions/35.09/codeEditions/c",
        "regions/35.10/codeEditions/d", "regions/36/codeEditions/e"}) {
    ASSERT_THAT(Publish(TestEdition(name), absl::StrCat("r", end())), IsOk());
  }

  EXPECT_THAT(Names(List("regions/35")),
              ElementsAre("regions/35/codeEditions/a", "regions/35/codeEditions/b"));
  EXPECT_THAT(Names(List("regions/35.09")), ElementsAre("regions/35.09/codeEditions/c"));
  EXPECT_THAT(Names(List("regions/35.09", true)),
              ElementsAre("regions/35.09/codeEditions/c", "regions/35/codeEditions/a",
                          "regions/35/codeEditions/b"));
  EXPECT_EQ(Names(List("regions/-")).size(), 5u);
  EXPECT_THAT(Names(List("regions/37")), IsEmpty());
  EXPECT_EQ(List("regions/35")->code_editions(0).entries_size(), 0);
  EXPECT_EQ(List("regions/35")->code_editions(0).entry_count(), 4);
  EXPECT_THAT(List(kDinsos), HasField("parent"));
}

TEST_F(CodeEditionServiceTest, ListsPages) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_THAT(
        Publish(TestEdition(absl::StrCat("regions/35/codeEditions/e", i)), absl::StrCat("r", i)),
        IsOk());
  }
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = List("regions/35", false, "", 2, token);
    ASSERT_THAT(page, IsOk());
    for (const std::string& name : Names(page)) names.push_back(name);
    token = page->next_page_token();
  } while (!token.empty());

  EXPECT_EQ(names.size(), 5u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  // A token belongs to its list.
  token = List("regions/35", false, "", 2)->next_page_token();
  EXPECT_THAT(List("regions/35", true, "", 2, token), HasField("page_token"));
}

TEST_F(CodeEditionServiceTest, LooksCodesUp) {
  ASSERT_THAT(Publish(TestEdition(), "r1"), IsOk());

  const auto found = LookUp({"1.06.04.2.01.0001", "1.06.05", "1.06", "1.06.05", "1.06"});

  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->entries_size(), 2);
  EXPECT_THAT(found->entries(0), EqualsProto(TestEdition().entries(3)));
  EXPECT_EQ(found->entries(1).display_name(), "Sosial");
  EXPECT_THAT(found->missing_codes(), ElementsAre("1.06.05"));
  EXPECT_THAT(LookUp({}), HasField("codes"));
  EXPECT_THAT(LookUp(std::vector<std::string>(1001, "1.06")), HasField("codes"));
  EXPECT_THAT(LookUp({"1.06"}, "regions/35/codeEditions/lain"),
              StatusIs(StatusCode::kNotFound, "CODE_EDITION_NOT_FOUND"));
}

TEST_F(CodeEditionServiceTest, EveryoneBelowReadsAndNobodyBelowPublishes) {
  ASSERT_THAT(Publish(TestEdition(), "r1"), IsOk());

  EXPECT_THAT(Get(kEdition, kHeadOfDinsos), IsOk());
  EXPECT_THAT(List("regions/35", false, kHeadOfDinsos), IsOk());
  EXPECT_THAT(List("regions/35.09", true, kHeadOfDinsos), IsOk());
  EXPECT_THAT(LookUp({"1.06"}, kEdition, kHeadOfDinsos), IsOk());
  constexpr char kElsewhere[] = "subject=x;roles=planner;scopes=regions/36.01";
  constexpr char kBelow[] = "subject=x;roles=operator,province_reader;scopes=regions/35.09";
  const auto denied = StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED");
  EXPECT_THAT(Get(kEdition, kElsewhere), denied);
  EXPECT_THAT(List("regions/-", false, kHeadOfDinsos), denied);
  EXPECT_THAT(List("regions/35.10", true, kHeadOfDinsos), denied);
  EXPECT_THAT(Publish(TestEdition("regions/35/codeEditions/b"), "r2", kBelow), denied);
  EXPECT_THAT(Publish(TestEdition("regions/35/codeEditions/b"), "r2", kHeadOfDinsos), denied);
  EXPECT_THAT(Publish(TestEdition("regions/35.09/codeEditions/b"), "r2", kBelow), IsOk());
  EXPECT_THAT(Get("regions/35/codeEditions/lain"),
              StatusIs(StatusCode::kNotFound, "CODE_EDITION_NOT_FOUND"));
  EXPECT_THAT(Get("regions/35/editions/lain"), HasField("name"));
}

TEST_F(CodeEditionServiceTest, IsThereAgainAfterARestart) {
  ASSERT_THAT(Publish(TestEdition(), "r1"), IsOk());
  ASSERT_THAT(planning_.Register(TestAgency(), "r2"), IsOk());

  PlanningViews views;
  const auto records = eventlog::ReadAll(planning_.log());
  ASSERT_THAT(records, IsOk());
  for (size_t i = 0; i < records->size(); ++i) views.Apply(i, (*records)[i]);

  const auto edition = views.code_editions().Find(kEdition);
  ASSERT_TRUE(edition.has_value());
  EXPECT_THAT(*edition, EqualsProto(List("regions/35")->code_editions(0)));
  EXPECT_TRUE(views.documents().FindAgency(kDinsos).has_value());
}

}  // namespace
}  // namespace sakip::planning
