#include "services/cli/csv/csv_number.h"

#include <gtest/gtest.h>

namespace sakip::cli {
namespace {

std::string Plain(absl::string_view text) {
  return ToDecimalText(text, NumberFormat::kPlain).value_or("refused");
}

std::string Indonesian(absl::string_view text) {
  return ToDecimalText(text, NumberFormat::kIndonesian).value_or("refused");
}

TEST(ToDecimalText, TheSameTextIsAnotherNumberInTheOtherFormat) {
  EXPECT_EQ(Plain("1.813"), "1.813");
  EXPECT_EQ(Indonesian("1.813"), "1813");
}

TEST(ToDecimalText, ReadsIndonesianNumbers) {
  EXPECT_EQ(Indonesian("90,2"), "90.2");
  EXPECT_EQ(Indonesian("90,20"), "90.20");
  EXPECT_EQ(Indonesian("25.000,-"), "25000");
  EXPECT_EQ(Indonesian("Rp60.979.145.376"), "60979145376");
  EXPECT_EQ(Indonesian("Rp. 1.000.000,50"), "1000000.50");
  EXPECT_EQ(Indonesian("1813"), "1813");
  EXPECT_EQ(Indonesian("-1.813,5"), "-1813.5");
  EXPECT_EQ(Indonesian("0"), "0");
  EXPECT_EQ(Indonesian("0,5"), "0.5");
}

TEST(ToDecimalText, RefusesWhatIsNoIndonesianNumber) {
  for (const char* text : {"90.2",   "1.81",  "1.8133",    "1813.500", ".813", "0.813",   "1,813.5",
                           "1.813,", "1,2,3", "25.000,--", "Rp",       "Rp-5", "--5",     "1 813",
                           "90,2 %", "",      "-",         "1..000",   "12a",  "1.000.00"}) {
    EXPECT_EQ(Indonesian(text), "refused") << text;
  }
}

TEST(ToDecimalText, ReadsPlainNumbersAsTheyStand) {
  EXPECT_EQ(Plain("1813"), "1813");
  EXPECT_EQ(Plain("90.2"), "90.2");
  EXPECT_EQ(Plain("-5.00"), "-5.00");
}

TEST(ToDecimalText, RefusesWhatIsNoPlainNumber) {
  for (const char* text : {"90,2", "1.813,5", "1.813.000", "Rp5", "5.", ".5", "1e3", "+5", "0x10",
                           "", "-", "25000,-", "5 "}) {
    EXPECT_EQ(Plain(text), "refused") << text;
  }
}

TEST(ParseNumberFormat, KnowsTwoNames) {
  EXPECT_EQ(ParseNumberFormat("plain"), NumberFormat::kPlain);
  EXPECT_EQ(ParseNumberFormat("indonesian"), NumberFormat::kIndonesian);
  EXPECT_EQ(ParseNumberFormat("Plain"), std::nullopt);
  EXPECT_EQ(ParseNumberFormat(""), std::nullopt);
}

}  // namespace
}  // namespace sakip::cli
