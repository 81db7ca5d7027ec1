#include "common/money/part.h"

#include <gtest/gtest.h>

namespace sakip::money {
namespace {

using exact::Decimal;
using exact::Rational;

Part P(ExpenditureKind kind, std::string source, const char* amount) {
  return {{kind, std::move(source)}, *Decimal::Parse(amount)};
}

TEST(PartKey, IsTextThatNamesBothOrWhatIsTold) {
  EXPECT_EQ((PartKey{ExpenditureKind::kOperating, "DBHCHT"}).Text(), "operating DBHCHT");
  EXPECT_EQ((PartKey{ExpenditureKind::kNotTold, "DAU"}).Text(), "unspecified DAU");
  EXPECT_EQ((PartKey{ExpenditureKind::kCapital, ""}).Text(), "capital");
  EXPECT_EQ((PartKey{ExpenditureKind::kContingency, ""}).Text(), "contingency");
  EXPECT_EQ((PartKey{ExpenditureKind::kTransfer, ""}).Text(), "transfer");
}

TEST(PartSums, AddPartsOfOneKindAndSourceAndKeepOthersApart) {
  PartSums sums;
  AddParts({P(ExpenditureKind::kOperating, "DAU", "1.5"), P(ExpenditureKind::kCapital, "DAU", "2")},
           sums);
  AddParts({P(ExpenditureKind::kOperating, "DAU", "0.5"), P(ExpenditureKind::kOperating, "", "4")},
           sums);

  EXPECT_EQ(sums.size(), 3u);
  EXPECT_EQ((sums.at({ExpenditureKind::kOperating, "DAU"})), Rational(2));
  EXPECT_EQ((sums.at({ExpenditureKind::kOperating, ""})), Rational(4));
  EXPECT_EQ(Total(sums), Rational(8));
  EXPECT_TRUE(Total({}).is_zero());
}

}  // namespace
}  // namespace sakip::money
