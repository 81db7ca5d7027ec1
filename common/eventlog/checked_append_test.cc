#include "common/eventlog/checked_append.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/eventlog/rows.h"

namespace sakip::eventlog {
namespace {

AppendRequest Good() {
  return {.stream = "regions/35.09/agencies/dinsos/years/2023",
          .request_id = "req-1",
          .request_digest = std::string(kHashBytes, 'd'),
          .actor = "office",
          .events = {{"sakip.test.v1.Happened", "payload"}}};
}

// The field that is found at fault; empty where none is.
std::string FieldAtFault(AppendRequest request) {
  const auto checked = CheckAppend(std::move(request));
  if (checked.ok()) return "";
  EXPECT_EQ(ErrorReason(checked.status()), "INVALID_FIELD");
  const auto violations = FieldViolations(checked.status());
  return violations.empty() ? "none named" : violations[0].field;
}

TEST(CheckAppend, FindsTheAgencyOfTheStream) {
  const auto checked = CheckAppend(Good());

  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->agency, "regions/35.09/agencies/dinsos");
}

TEST(CheckAppend, FindsTheRegionWhereTheStreamLiesInNoAgency) {
  AppendRequest request = Good();
  request.stream = "regions/35/referenceValues";

  const auto checked = CheckAppend(request);

  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->agency, "regions/35");
}

TEST(CheckAppend, RefusesAStreamOfNoTenant) {
  for (const char* stream : {"", "regions/-", "x/35.09/agencies/dinsos/years/2023",
                             "regions/-/agencies/dinsos/years/2023", "regions/-/referenceValues",
                             "regions/35.09/agencies/Dinsos/years/2023"}) {
    AppendRequest request = Good();
    request.stream = stream;
    EXPECT_EQ(FieldAtFault(request), "stream") << stream;
  }
}

TEST(CheckAppend, RefusesTextThatARecordCouldNotBeReadBackWith) {
  AppendRequest request = Good();
  request.stream += "\xff";
  EXPECT_EQ(FieldAtFault(request), "stream");
  request = Good();
  request.request_id = "\xc3\x28";
  EXPECT_EQ(FieldAtFault(request), "request_id");
  request = Good();
  request.actor = "\xff";
  EXPECT_EQ(FieldAtFault(request), "actor");
  request = Good();
  request.events[0].type = "\xff";
  EXPECT_EQ(FieldAtFault(request), "events[0].type");
  request = Good();
  request.events[0].payload = "\xff";
  EXPECT_EQ(FieldAtFault(request), "");
}

TEST(CheckAppend, RefusesWhatIsEmpty) {
  AppendRequest request = Good();
  request.request_id.clear();
  EXPECT_EQ(FieldAtFault(request), "request_id");
  request = Good();
  request.actor.clear();
  EXPECT_EQ(FieldAtFault(request), "actor");
  request = Good();
  request.events.clear();
  EXPECT_EQ(FieldAtFault(request), "events");
  request = Good();
  request.events[0].type.clear();
  EXPECT_EQ(FieldAtFault(request), "events[0].type");
}

TEST(CheckAppend, RefusesWhatIsOverALimitAndTakesWhatIsAtIt) {
  AppendRequest request = Good();
  request.events[0].payload.resize(EventLog::kAppendBytesMax);
  EXPECT_EQ(FieldAtFault(request), "");
  request.events.push_back({"T", "x"});
  EXPECT_EQ(FieldAtFault(request), "events");
  request = Good();
  request.request_id.assign(kRequestIdBytesMax + 1, 'x');
  EXPECT_EQ(FieldAtFault(request), "request_id");
  request = Good();
  request.events.resize(kEventsMax, {"T", ""});
  EXPECT_EQ(FieldAtFault(request), "");
  request.events.push_back({"T", ""});
  EXPECT_EQ(FieldAtFault(request), "events");
  request = Good();
  request.request_digest = "short";
  EXPECT_EQ(FieldAtFault(request), "request_digest");
}

TEST(CheckAppend, NamesEveryFieldAtFault) {
  EXPECT_THAT(FieldViolations(CheckAppend(AppendRequest()).status()), ::testing::SizeIs(6));
}

}  // namespace
}  // namespace sakip::eventlog
