#include "services/scoring/domain/review/printed_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace sakip::scoring::review {
namespace {

using ::testing::HasSubstr;

// `value|digits|unit`, or `?` where the text is no number.
std::string Read(absl::string_view text, NumberFormat format) {
  const auto number = ParsePrintedNumber(text, format);
  if (!number.ok()) return "?";
  return absl::StrCat(number->value.Truncated(9), "|", number->digits, "|", number->unit);
}

std::string Point(absl::string_view text) { return Read(text, NumberFormat::kDecimalPoint); }
std::string Indonesian(absl::string_view text) { return Read(text, NumberFormat::kIndonesian); }

TEST(ParsePrintedNumber, ReadsADecimalPoint) {
  EXPECT_EQ(Point("97.87 %"), "97.87|2|%");
  EXPECT_EQ(Point("100%"), "100|0|%");
  EXPECT_EQ(Point("87.6"), "87.6|1|");
  EXPECT_EQ(Point(" 90.0 %"), "90|1|%");
  EXPECT_EQ(Point("-3.5 %"), "-3.5|1|%");
  EXPECT_EQ(Point("1813 orang"), "1813|0|orang");
}

TEST(ParsePrintedNumber, ReadsIndonesianNumbers) {
  EXPECT_EQ(Indonesian("90,2 %"), "90.2|1|%");
  EXPECT_EQ(Indonesian("Rp. 339.170.088"), "339170088|0|Rp");
  EXPECT_EQ(Indonesian("Rp.249.355.000"), "249355000|0|Rp");
  EXPECT_EQ(Indonesian("Rp 5,-"), "5|0|Rp");
  EXPECT_EQ(Indonesian("Rp. 60.979.145.376,-"), "60979145376|0|Rp");
  EXPECT_EQ(Indonesian("25.000,- orang"), "25000|0|orang");
  EXPECT_EQ(Indonesian("1813 orang"), "1813|0|orang");
  EXPECT_EQ(Indonesian("1.234,50"), "1234.5|2|");
  EXPECT_EQ(Indonesian("0"), "0|0|");
}

TEST(ParsePrintedNumber, ReadsTheSameTextAsTheFormatSays) {
  EXPECT_EQ(Point("1.813"), "1.813|3|");
  EXPECT_EQ(Indonesian("1.813"), "1813|0|");
}

TEST(ParsePrintedNumber, GuessesNothing) {
  for (const char* text : {"", "-", "orang", "97,87 %", "1.234,5", "1,234.5", ".5", "5.", "5.%",
                           "1.2.3", "Rp. 5 orang", "12345678901234567890", "--5"}) {
    EXPECT_EQ(Point(text), "?") << text;
  }
  for (const char* text : {"", "-", "97.87 %", "1.85", "12.34.567", "1234.567", "1.234.56", ",5",
                           "5,", "9,,5", "Rp", "1.234,5,6", "Rp. 5 orang"}) {
    EXPECT_EQ(Indonesian(text), "?") << text;
  }
}

TEST(ParsePrintedNumber, SaysWhatWouldBeRight) {
  const auto number = ParsePrintedNumber("97,87 %", NumberFormat::kDecimalPoint);

  EXPECT_THAT(std::string(number.status().message()),
              ::testing::AllOf(HasSubstr("'97,87 %'"), HasSubstr("1234.5")));
}

}  // namespace
}  // namespace sakip::scoring::review
