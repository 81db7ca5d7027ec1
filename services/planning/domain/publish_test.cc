#include "services/planning/domain/publish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::planning {
namespace {

using testing::HasField;
using testing::StatusIs;

TEST(DecideRevision, CountsFromOne) {
  EXPECT_EQ(*DecideRevision("plan", 0, 0, ""), 1);
  EXPECT_EQ(*DecideRevision("plan", 1, 1, "Perubahan APBD"), 2);
}

TEST(DecideRevision, RefusesAnotherRevisionBeforeItAsksForAReason) {
  EXPECT_THAT(DecideRevision("plan", 1, 0, ""),
              StatusIs(absl::StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_THAT(DecideRevision("plan", 0, 1, "reason"),
              StatusIs(absl::StatusCode::kAborted, "REVISION_CONFLICT"));
}

TEST(DecideRevision, NeedsAReasonFromTheSecondOn) {
  EXPECT_THAT(DecideRevision("plan", 1, 1, ""), HasField("document.reason"));
}

TEST(RevisionInForce, IsTheLastPublishedOfThoseEffective) {
  const absl::CivilDay january(2023, 1, 1), july(2023, 7, 1), november(2023, 11, 21);

  EXPECT_EQ(RevisionInForce({}, july), 0);
  EXPECT_EQ(RevisionInForce({{july, 0}}, january), 0);
  EXPECT_EQ(RevisionInForce({{january, 0}, {november, 1}}, july), 1);
  EXPECT_EQ(RevisionInForce({{january, 0}, {november, 1}}, november), 2);
  // Published later for an earlier day.
  EXPECT_EQ(RevisionInForce({{january, 0}, {november, 1}, {july, 2}}, july - 1), 1);
  EXPECT_EQ(RevisionInForce({{january, 0}, {november, 1}, {july, 2}}, november), 3);
  EXPECT_EQ(RevisionInForce({{january, 0}, {january, 1}}, january), 2);
}

}  // namespace
}  // namespace sakip::planning
