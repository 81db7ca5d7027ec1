#include "common/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace sakip {
namespace {

TEST(CheckLine, CountsCharactersAndNotBytes) {
  EXPECT_TRUE(CheckLine("é\u2014\U0001F600", 1, 3).ok());
  EXPECT_FALSE(CheckLine("é\u2014\U0001F600", 1, 2).ok());
  EXPECT_FALSE(CheckLine("", 1, 3).ok());
  EXPECT_TRUE(CheckLine("", 0, 3).ok());
}

TEST(CheckLine, RefusesWhatIsNoUtf8) {
  for (const char* text : {"\xff", "\xc3", "\xc3\x28", "\xe2\x82", "\xc0\x80", "\xed\xa0\x80",
                           "\xf4\x90\x80\x80", "\x80", "\xf8\x88\x80\x80\x80", "\xe0\x80\x80"}) {
    EXPECT_FALSE(CheckLine(text, 0, 100).ok());
  }
}

TEST(CheckLine, RefusesControlCharactersAndDirectionMarks) {
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("a\nb"), std::string("\x1b[31m"), std::string("a\x7f"),
        std::string("\u0085"), std::string("a\u202Eb"), std::string("\u2066"),
        std::string("\u200F")}) {
    EXPECT_FALSE(CheckLine(text, 0, 100).ok());
  }
}

TEST(CheckText, AllowsLineBreaks) {
  EXPECT_TRUE(CheckText("a\n\tb\r\n", 1, 100).ok());
  EXPECT_FALSE(CheckText("a\x1b", 1, 100).ok());
}

}  // namespace
}  // namespace sakip
