// Documents and calls of which so much is wrong that not all of it can be stored or answered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/eventlog/testing/stream_reader.h"
#include "common/rpc/channel.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using testing::EqualsProto;
using testing::HasField;
using ::testing::HasSubstr;
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

// Revisions of a decree, each with half a megabyte of findings.
class ManyDocumentsTest : public LargeAnswersTest {
 protected:
  void Make(uint32_t revisions) {
    ASSERT_THAT(planning_.Publish(Plan("a"), 0, "plan"), IsOk());
    plan_.set_parent(kDinsos);
    plan_.set_request_id("decrees");
    for (uint32_t i = 1; i <= revisions; ++i) *plan_.add_documents() = Decree("b", i);
  }

  absl::StatusOr<v1::CheckPlanResponse> Check() {
    v1::CheckPlanRequest request;
    request.set_parent(plan_.parent());
    *request.mutable_documents() = plan_.documents();
    return rpc::CallNow(*stub_, &Stub::CheckPlan, request);
  }

  v1::PublishPlanRequest plan_;
};

TEST_F(ManyDocumentsTest, WhatWasStoredIsAnsweredWithAsManyFindingsAsFit) {
  Make(10);
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  const auto published = rpc::CallNow(*stub_, &Stub::PublishPlan, plan_);
  ASSERT_THAT(published, IsOk());
  ASSERT_THAT(published->documents(), SizeIs(10));
  EXPECT_LT(published->ByteSizeLong(), kAnswerBytesMax);
  int answered = 0;
  int stored = 0;
  for (int i = 0; i < 10; ++i) {
    answered += published->documents(i).findings_size();
    stored += published->documents(i).finding_count();
    EXPECT_THAT(checked->documents(i), EqualsProto(published->documents(i)));
  }
  EXPECT_LT(answered, stored);
  EXPECT_GT(published->ByteSizeLong(), 3'000'000u);
  v1::GetDocumentRequest get;
  get.set_name(kDecree2023);
  const auto last = rpc::CallNow(*stub_, &Stub::GetDocument, get);
  ASSERT_THAT(last, IsOk());
  EXPECT_EQ(last->document().findings_size(), published->documents(9).finding_count());
  // The gravest of the last document come before less of the first.
  EXPECT_EQ(published->documents(9).findings(0).severity(), types::v1::Finding::SEVERITY_WARNING);
}

TEST_F(ManyDocumentsTest, MoreThanOneAppendHoldsIsRefusedBeforeIt) {
  Make(25);
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(checked->errors(), SizeIs(1));
  EXPECT_EQ(checked->errors(0).reason(), "INVALID_FIELD");
  EXPECT_EQ(checked->errors(0).field(), "documents");
  EXPECT_EQ(checked->error_count(), 1);
  const uint64_t end = planning_.log().end_position();
  const auto refused = rpc::CallNow(*stub_, &Stub::PublishPlan, plan_);
  EXPECT_THAT(refused, HasField("documents"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("send fewer documents"));
  EXPECT_EQ(planning_.log().end_position(), end);
}

TEST_F(ManyDocumentsTest, MoreThanOneDecisionLooksThroughIsRefused) {
  v1::PlanDocument document = TestPlan();
  v1::Activity& activity = *document.mutable_annual_plan()
                                ->mutable_objectives(0)
                                ->mutable_programs(0)
                                ->mutable_activities(0);
  for (int i = 0; i < 5'000; ++i) {
    v1::SubActivity& sub_activity = *activity.add_sub_activities();
    sub_activity.set_code(absl::StrCat("S", i));
    sub_activity.set_display_name("Sub kegiatan");
    sub_activity.set_budget("0");
  }
  ASSERT_THAT(planning_.Publish(document, 0, "plan"), IsOk());
  plan_.set_parent(kDinsos);
  for (uint32_t i = 1; i <= 60; ++i) {
    v1::PlanDocument small = Decree("b", i);
    small.mutable_key_indicator_decree()->mutable_indicators()->DeleteSubrange(1, 499);
    *plan_.add_documents() = small;
  }
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(checked->errors(), SizeIs(1));
  EXPECT_EQ(checked->errors(0).field(), "documents");
}

TEST_F(ManyDocumentsTest, ACheckCountsTheErrorsThatItDoesNotName) {
  plan_.set_parent(kDinsos);
  *plan_.add_documents() = Decree("b");
  for (v1::KeyIndicator& indicator :
       *plan_.mutable_documents(0)->mutable_key_indicator_decree()->mutable_indicators()) {
    indicator.set_indicator_code("no code");
  }
  const auto checked = Check();
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(checked->errors(), SizeIs(100));
  EXPECT_EQ(checked->error_count(), 500);
}

}  // namespace
}  // namespace sakip::planning
