// Documents and calls of which so much is wrong that not all of it can be stored or answered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/eventlog/testing/stream_reader.h"
#include "common/rpc/channel.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using testing::HasField;
using testing::IsOk;
using ::testing::SizeIs;
using Stub = v1::PlanningService::Stub;

constexpr char kDecree2023[] = "regions/35.09/agencies/dinsos/keyIndicatorDecrees/2023";
constexpr size_t kAnswerBytesMax = 4 << 20;

std::string Repeated(absl::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, text);
  return all;
}

// An annual plan and a decree of 500 indicators that they name differently, with names as long as
// they may be.
class LargeAnswersTest : public ::testing::Test {
 protected:
  LargeAnswersTest() {
    EXPECT_THAT(planning_.Register(TestAgency(), "register"), IsOk());
    stub_ = v1::PlanningService::NewStub(rpc::MakeChannel({.target = planning_.address()}).value());
  }

  // `letter` is a character of names.
  static v1::PlanDocument Plan(absl::string_view letter) {
    v1::PlanDocument document = TestPlan();
    document.set_revision(1);
    v1::AnnualPlan& plan = *document.mutable_annual_plan();
    for (int i = 0; i < 500; ++i) {
      if (i % 50 == 0) {
        v1::Objective& objective = *plan.add_objectives();
        objective.set_code(absl::StrCat("T", i));
        objective.set_display_name("Sasaran");
      }
      v1::Indicator& indicator = *plan.mutable_objectives(i / 50 + 1)->add_indicators();
      indicator.set_code(absl::StrCat("I", i));
      indicator.set_display_name(Repeated(letter, 500));
      indicator.mutable_target()->set_value("1");
      indicator.mutable_target()->set_unit("orang");
    }
    return document;
  }

  static v1::PlanDocument Decree(absl::string_view letter, uint32_t revision = 1) {
    v1::PlanDocument document;
    document.set_name(kDecree2023);
    document.set_revision(revision);
    document.set_reason("Perubahan");
    document.set_effective_date("2023-01-03");
    v1::KeyIndicatorDecree& decree = *document.mutable_key_indicator_decree();
    decree.set_year(2023);
    decree.set_decree_number("800/1365");
    decree.set_decree_date("2023-01-03");
    for (int i = 0; i < 500; ++i) {
      v1::KeyIndicator& indicator = *decree.add_indicators();
      indicator.set_indicator_code(absl::StrCat("I", i));
      indicator.set_display_name(Repeated(letter, 500));
      indicator.set_data_source("Bidang");
    }
    return document;
  }

  PlanningServer planning_;
  // Of a client with the usual limits.
  std::unique_ptr<Stub> stub_;
};

TEST_F(LargeAnswersTest, ADocumentOfWhichMuchIsWrongIsReadAndWatched) {
  ASSERT_THAT(planning_.Publish(Plan("\xF0\x9F\x98\x80"), 0, "plan"), IsOk());
  v1::PlanDocument decree = Decree("\xF0\x9F\x98\x81");
  for (v1::KeyIndicator& indicator : *decree.mutable_key_indicator_decree()->mutable_indicators()) {
    if (decree.ByteSizeLong() > 3'480'000) break;
    indicator.set_formula_text(Repeated("\xF0\x9F\x98\x82", 1'200));
  }
  ASSERT_GT(decree.ByteSizeLong(), 3'400'000u);
  v1::PublishDocumentRequest publish;
  *publish.mutable_document() = decree;
  publish.set_request_id("decree");
  const auto published = rpc::CallNow(*stub_, &Stub::PublishDocument, publish);
  ASSERT_THAT(published, IsOk());

  const auto& findings = published->document().findings();
  ASSERT_GT(findings.size(), 1);
  const types::v1::Finding& last = findings[findings.size() - 1];
  EXPECT_EQ(last.code(), "FINDINGS_LEFT_OUT");
  EXPECT_EQ(last.figures(0).value(), absl::StrCat(findings.size() - 1));
  EXPECT_EQ(last.figures(1).value(), "501");  // The indicator of TestPlan is not decreed.

  v1::GetDocumentRequest get;
  get.set_name(kDecree2023);
  EXPECT_THAT(rpc::CallNow(*stub_, &Stub::GetDocument, get), IsOk());

  const auto watch =
      v1::PlanWatchService::NewStub(rpc::MakeChannel({.target = planning_.address()}).value());
  eventlog::StreamReader<v1::WatchPlansResponse> watching(
      "",
      [&](grpc::ClientContext* context) {
        v1::WatchPlansRequest request;
        request.set_from_position(2);
        request.set_scope("regions/-");
        return watch->WatchPlans(context, request);
      },
      [](const v1::WatchPlansResponse& message) {
        return std::vector<uint64_t>(1, message.events(0).position());
      });
  ASSERT_TRUE(watching.Next()) << watching.End();
  EXPECT_EQ(watching.message.events(0).document_published().document().name(), kDecree2023);
}

}  // namespace
}  // namespace sakip::planning
