#include "common/money/check_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace sakip::money {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> WrongFields(const std::vector<PartText>& parts) {
  FieldErrors errors;
  CheckParts(parts, "parts", errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) fields.push_back(violation.field);
  return fields;
}

TEST(CheckParts, TakesPartsThatTellKindOrSourceOrBoth) {
  EXPECT_THAT(WrongFields({}), IsEmpty());
  EXPECT_THAT(WrongFields({{1, "DBHCHT", "0"},
                           {2, "DBHCHT", "1.25"},
                           {0, "DBHCHT", "1"},
                           {4, "", "1"},
                           {0, "", "1"}}),
              IsEmpty());
}

TEST(CheckParts, RefusesAKindThatIsNone) {
  EXPECT_THAT(WrongFields({{-1, "", "1"}, {5, "", "1"}}),
              ElementsAre("parts[0].expenditure_kind", "parts[1].expenditure_kind"));
}

TEST(CheckParts, RefusesTheSecondOfOneKindAndSource) {
  EXPECT_THAT(WrongFields({{1, "DAU", "1"}, {1, "PAD", "1"}, {1, "DAU", "1"}, {2, "DAU", "1"}}),
              ElementsAre("parts[2].funding_source"));
}

TEST(CheckParts, RefusesAmountsThatAreNoRupiah) {
  for (const char* amount : {"", "-1", "1.500", "Rp1", "1e3"}) {
    EXPECT_THAT(WrongFields({{1, "DAU", amount}}), ElementsAre("parts[0].amount")) << amount;
  }
}

TEST(CheckParts, RefusesASourceThatIsNoLine) {
  for (const std::string& source : {std::string("a\nb"), std::string(501, 'x')}) {
    EXPECT_THAT(WrongFields({{1, source, "1"}}), ElementsAre("parts[0].funding_source"));
  }
  EXPECT_THAT(WrongFields({{1, std::string(500, 'x'), "1"}}), IsEmpty());
}

}  // namespace
}  // namespace sakip::money
