// Scoring's view of a real planning: what it keeps, and that breaks of the stream do not show.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/eventlog/payload.h"
#include "common/testing/status_matchers.h"
#include "common/views/memory_view_store.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "tests/scenarios/watched_plans.h"

namespace sakip::scoring {
namespace {

using planning::v1::AgencyRegistered;
using planning::v1::DocumentPublished;
using sakip::testing::IsOk;
using ::testing::ElementsAre;

class PlanWatchTest : public ::testing::Test {
 protected:
  // Publishes the plan of dinsos `count` times more.
  void Publish(uint32_t count) {
    for (const uint32_t last = published_ + count; published_ < last; ++published_) {
      planning::v1::PlanDocument plan = planning::TestPlan();
      if (published_ > 0) plan.set_reason("Perubahan APBD");
      ASSERT_THAT(planning_.Publish(plan, published_, absl::StrCat("p", published_)), IsOk());
    }
  }

  uint64_t end() { return planning_.log().end_position(); }

  std::string Row(const std::string& key) { return store_.Get(key).value().value_or("no row"); }

  planning::PlanningServer planning_;
  uint32_t published_ = 0;
  views::MemoryViewStore store_;
  Projection projection_{store_};
};

// So whatever was known at a position can be told again.
TEST_F(PlanWatchTest, ARowIsTheEventAsItWasSent) {
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
  Publish(2);
  WatchedPlans watched(planning_.address(), projection_);

  ASSERT_TRUE(watched.Reach(end()));

  planning::v1::PlanEvent row;
  ASSERT_TRUE(row.ParseFromString(Row(absl::StrFormat("a/%s %020u", planning::kDinsos, 0))));
  EXPECT_EQ(row.agency_registered().SerializeAsString(),
            eventlog::ReadEvent<AgencyRegistered>(planning_.log(), 0).value().SerializeAsString());
  for (uint64_t position = 1; position < end(); ++position) {
    auto event = eventlog::ReadEvent<DocumentPublished>(planning_.log(), position).value();
    event.mutable_document()->set_log_position(position);
    ASSERT_TRUE(
        row.ParseFromString(Row(absl::StrFormat("d/%s 2023 %020u", planning::kDinsos, position))));
    EXPECT_EQ(row.position(), position);
    EXPECT_TRUE(row.has_recorded_time());
    EXPECT_EQ(row.document_published().SerializeAsString(), event.SerializeAsString());
  }
  EXPECT_EQ(*projection_.Position(Source::kPlanning), end());
}

TEST_F(PlanWatchTest, EachEventIsSeenOnceAlthoughTheStreamIsRenewed) {
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
  WatchedPlans watched(planning_.address(), projection_, absl::Milliseconds(20));
  // Several streams are over before the last event.
  for (int i = 0; i < 5; ++i) {
    Publish(20);
    ASSERT_TRUE(watched.Reach(end()));
  }

  std::vector<uint64_t> all(end());
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(watched.seen(), all);
  EXPECT_EQ(projection_.Load(planning::kDinsos, 2023)->plans.annual_plans.size(), 100);
}

TEST_F(PlanWatchTest, GoesOnWhereItWas) {
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
  Publish(1);
  ASSERT_TRUE(WatchedPlans(planning_.address(), projection_).Reach(2));
  Publish(2);

  WatchedPlans watched(planning_.address(), projection_);

  ASSERT_TRUE(watched.Reach(end()));
  EXPECT_THAT(watched.seen(), ElementsAre(2, 3));
  EXPECT_EQ(watched.watcher().end_position(), 4);
}

}  // namespace
}  // namespace sakip::scoring
