#include "services/planning/domain/reference_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sakip::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ReferenceValue Good() {
  return {"IKU1", 2023, ReferenceLevel::kNational, Measure{"90.2", "%"}, "BPS 2023", ""};
}

// The fields at fault in each row.
std::vector<std::vector<std::string>> Fields(const std::vector<ReferenceValue>& rows) {
  std::vector<std::vector<std::string>> fields;
  for (const auto& violations : CheckReferenceRows(rows)) {
    fields.emplace_back();
    for (const FieldViolation& violation : violations) fields.back().push_back(violation.field);
  }
  return fields;
}

TEST(CheckReferenceRows, TakesZeroAndOneIndicatorInTwoYearsAndAtTwoLevels) {
  std::vector<ReferenceValue> rows(3, Good());
  rows[0].measure->value = "0";
  rows[1].year = 2022;
  rows[2].level = ReferenceLevel::kProvincial;

  EXPECT_THAT(Fields(rows), ElementsAre(IsEmpty(), IsEmpty(), IsEmpty()));
}

TEST(CheckReferenceRows, NamesWhatIsWrongInEachRow) {
  std::vector<ReferenceValue> rows(4, Good());
  rows[1].measure->value = "90,2";
  rows[2] = {};
  rows[3].indicator_code = "IKU2";
  rows[3].note = "a\x01";

  EXPECT_THAT(Fields(rows),
              ElementsAre(IsEmpty(), ElementsAre("rows[1].measure.value"),
                          ElementsAre("rows[2].indicator_code", "rows[2].year", "rows[2].level",
                                      "rows[2].measure", "rows[2].source"),
                          ElementsAre("rows[3].note")));
}

TEST(CheckReferenceRows, RefusesTheSecondOfTwoRowsOfOneValue) {
  std::vector<ReferenceValue> rows(2, Good());
  rows[1].measure->value = "91";
  EXPECT_THAT(Fields(rows), ElementsAre(IsEmpty(), ElementsAre("rows[1]")));
  // Also where the first is bad: which of the two is meant is not known.
  rows[0].measure->value = "-1";
  EXPECT_THAT(Fields(rows),
              ElementsAre(ElementsAre("rows[0].measure.value"), ElementsAre("rows[1]")));
}

TEST(DecideRow, TellsNewOtherAndSameValues) {
  EXPECT_EQ(DecideRow(Good(), std::nullopt), RowOutcome::kCreated);
  EXPECT_EQ(DecideRow(Good(), Good()), RowOutcome::kUnchanged);
  ReferenceValue latest = Good();
  latest.measure->value = "90.20";
  EXPECT_EQ(DecideRow(Good(), latest), RowOutcome::kUnchanged);
  latest.measure->value = "0";
  EXPECT_EQ(DecideRow(Good(), latest), RowOutcome::kUpdated);
  for (std::string ReferenceValue::*text : {&ReferenceValue::source, &ReferenceValue::note}) {
    latest = Good();
    latest.*text = "lain";
    EXPECT_EQ(DecideRow(Good(), latest), RowOutcome::kUpdated);
  }
  latest = Good();
  latest.measure->unit = "persen";
  EXPECT_EQ(DecideRow(Good(), latest), RowOutcome::kUpdated);
}

TEST(ReferenceValueName, HasLevelYearAndCode) {
  EXPECT_EQ(ReferenceValueName("regions/35", Good()),
            "regions/35/referenceValues/national.2023.IKU1");
}

}  // namespace
}  // namespace sakip::planning
