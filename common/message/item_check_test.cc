#include "common/message/item_check.h"

#include <gmock/gmock.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip {
namespace {

using planning::v1::CheckPlanRequest;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

planning::v1::ActionLine& LineOf(CheckPlanRequest& request) {
  return *request.add_documents()->mutable_action_plan()->add_lines();
}

TEST(CheckItems, TakesAsManyItemsAsAFieldDeclares) {
  CheckPlanRequest request;
  planning::v1::ActionLine& line = LineOf(request);
  for (int i = 0; i < 4; ++i) line.add_quarters();
  EXPECT_THAT(CheckItems(request), IsOk());

  line.add_quarters();
  EXPECT_EQ(CheckItems(request),
            InvalidField("documents[0].action_plan.lines[0].quarters", "has 5 items; at most 4"));
}

TEST(CheckItems, LooksBelowFieldsThatAreThereOnce) {
  CheckPlanRequest request;
  for (int i = 0; i <= 50; ++i) request.mutable_agency()->add_predecessors();

  EXPECT_THAT(CheckItems(request), HasField("agency.predecessors"));
}

TEST(CheckItems, LooksAtEveryItem) {
  CheckPlanRequest request;
  LineOf(request).add_quarters();
  planning::v1::ActionLine& second = LineOf(request);
  for (int i = 0; i <= 4; ++i) second.add_quarters();

  EXPECT_THAT(CheckItems(request), HasField("documents[1].action_plan.lines[0].quarters"));
}

TEST(CheckItems, CountsTheItemsOfAllLists) {
  CheckPlanRequest request;
  for (int document = 0; document < 100; ++document) {
    auto& plan = *request.add_documents()->mutable_action_plan();
    for (int line = 0; line < 1999; ++line) plan.add_lines();
  }
  EXPECT_THAT(CheckItems(request), IsOk());

  request.mutable_documents(99)->mutable_action_plan()->add_lines();
  EXPECT_EQ(CheckItems(request),
            InvalidField("documents[99].action_plan.lines",
                         "and the lists before it have 200001 items in all; at most 200000"));
}

TEST(CheckItems, NamesWhereTheMessageStands) {
  planning::v1::ActionLine line;
  for (int i = 0; i <= 4; ++i) line.add_quarters();

  EXPECT_THAT(CheckItems(line, "lines[7]"), HasField("lines[7].quarters"));
}

TEST(CheckItems, CountsTextsAndThePathsOfAMask) {
  google::protobuf::FieldMask mask;
  for (int i = 0; i < 100; ++i) mask.add_paths("name");
  EXPECT_THAT(CheckItems(mask), IsOk());

  mask.add_paths("name");
  EXPECT_THAT(CheckItems(mask), HasField("paths"));
}

TEST(CheckItems, TakesNothingWhereNothingIsDeclared) {
  google::protobuf::ListValue list;
  EXPECT_THAT(CheckItems(list), IsOk());

  list.add_values();
  EXPECT_THAT(CheckItems(list), HasField("values"));
}

TEST(FieldsWithoutItemsMax, FindsThemAtAnyDepthOnce) {
  EXPECT_THAT(
      FieldsWithoutItemsMax(*google::protobuf::Struct::descriptor()),
      UnorderedElementsAre("google.protobuf.Struct.fields", "google.protobuf.ListValue.values"));
  EXPECT_THAT(FieldsWithoutItemsMax(*CheckPlanRequest::descriptor()), IsEmpty());
}

}  // namespace
}  // namespace sakip
