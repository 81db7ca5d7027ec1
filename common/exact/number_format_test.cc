#include "common/exact/number_format.h"

#include <gtest/gtest.h>

namespace sakip::exact {
namespace {

TEST(FormatIndonesian, PutsAPointEveryThreeDigits) {
  EXPECT_EQ(FormatIndonesian("0"), "0");
  EXPECT_EQ(FormatIndonesian("999"), "999");
  EXPECT_EQ(FormatIndonesian("1000"), "1.000");
  EXPECT_EQ(FormatIndonesian("999999"), "999.999");
  EXPECT_EQ(FormatIndonesian("1000000"), "1.000.000");
  EXPECT_EQ(FormatIndonesian("60979145376"), "60.979.145.376");
}

TEST(FormatIndonesian, PutsACommaBeforeTheDecimals) {
  EXPECT_EQ(FormatIndonesian("99.78"), "99,78");
  EXPECT_EQ(FormatIndonesian("90.00"), "90,00");
  EXPECT_EQ(FormatIndonesian("0.123456789"), "0,123456789");
}

TEST(FormatIndonesian, KeepsTheMinusBeforeTheFirstDigit) {
  EXPECT_EQ(FormatIndonesian("-1234.5"), "-1.234,5");
  EXPECT_EQ(FormatIndonesian("-123"), "-123");
}

TEST(FormatIndonesian, LeavesOtherTextAsItIs) {
  for (const char* text :
       {"", "-", "n/a", "1.", ".5", "1,5", "1.234.567", "+1000", "1e9", " 1000", "-1000x"}) {
    EXPECT_EQ(FormatIndonesian(text), text);
    EXPECT_EQ(FormatRupiah(text), text);
  }
}

TEST(FormatRupiah, WritesWholeRupiahWithoutSen) {
  EXPECT_EQ(FormatRupiah("60979145376"), "Rp60.979.145.376");
  EXPECT_EQ(FormatRupiah("0"), "Rp0");
}

TEST(FormatRupiah, WritesSenWithTwoDigits) {
  EXPECT_EQ(FormatRupiah("1234.5"), "Rp1.234,50");
  EXPECT_EQ(FormatRupiah("1234.05"), "Rp1.234,05");
}

TEST(FormatRupiah, DropsNoDigit) { EXPECT_EQ(FormatRupiah("0.125"), "Rp0,125"); }

TEST(FormatRupiah, PutsTheMinusBeforeTheSymbol) { EXPECT_EQ(FormatRupiah("-1234"), "-Rp1.234"); }

TEST(FormatEnglish, PutsCommasBetweenThousands) {
  EXPECT_EQ(FormatEnglish("60979145376"), "60,979,145,376");
  EXPECT_EQ(FormatEnglish("-1234.5"), "-1,234.5");
  EXPECT_EQ(FormatEnglish("99.78"), "99.78");
  EXPECT_EQ(FormatEnglish("45000/451"), "45000/451");
}

}  // namespace
}  // namespace sakip::exact
