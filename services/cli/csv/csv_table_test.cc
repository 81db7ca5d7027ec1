#include "services/cli/csv/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Fields = std::vector<std::string>;

std::vector<std::string> IssuesOf(absl::string_view text) {
  std::vector<std::string> lines;
  for (const FileIssue& issue : ParseCsv(text).issues) lines.push_back(FormatIssue("t.csv", issue));
  return lines;
}

TEST(ParseCsv, TakesTheSeparatorOfTheHeader) {
  for (const char* text : {"a;b\n1,5;2\n", "a,b\n\"1,5\",2\n"}) {
    const ParsedCsv parsed = ParseCsv(text);

    ASSERT_THAT(parsed.issues, IsEmpty()) << text;
    EXPECT_EQ(parsed.table.header.fields, (Fields{"a", "b"}));
    ASSERT_EQ(parsed.table.rows.size(), 1u);
    EXPECT_EQ(parsed.table.rows[0].fields, (Fields{"1,5", "2"}));
  }
  EXPECT_THAT(IssuesOf("a;b,c\n"), ElementsAre(HasSubstr("t.csv:1:1: has both ; and ,")));
}

TEST(ParseCsv, KeepsSeparatorsQuotesAndLineBreaksInQuotes) {
  const ParsedCsv parsed = ParseCsv("a;b\n\"x;y\";\"kata \"\"satu\"\"\nbaris\"\n3;4\n");

  ASSERT_THAT(parsed.issues, IsEmpty());
  EXPECT_EQ(parsed.table.rows.at(0).fields, (Fields{"x;y", "kata \"satu\"\nbaris"}));
  EXPECT_EQ(parsed.table.rows.at(1).number, 3);  // A row, whatever the lines of the one before.
}

TEST(ParseCsv, ReadsEveryLineEndAndAByteOrderMark) {
  for (const char* text : {"\xef\xbb\xbf"
                           "a;b\r\n1;2\r\n\r\n3;4",
                           "a;b\n1;2\n\n3;4\n", "a;b\r1;2\r\r3;4\r"}) {
    const ParsedCsv parsed = ParseCsv(text);

    ASSERT_THAT(parsed.issues, IsEmpty());
    EXPECT_EQ(parsed.table.header.fields, (Fields{"a", "b"}));
    ASSERT_EQ(parsed.table.rows.size(), 2u);
    EXPECT_EQ(parsed.table.rows[0].number, 2);
    EXPECT_EQ(parsed.table.rows[1].number, 4);
  }
}

TEST(ParseCsv, SkipsEmptyRowsAndRemarks) {
  const ParsedCsv parsed = ParseCsv("# sasaran, program\na;b\n# kode;nama\n;\n1;2\n");

  ASSERT_THAT(parsed.issues, IsEmpty());
  EXPECT_EQ(parsed.table.header.number, 2);
  ASSERT_EQ(parsed.table.rows.size(), 1u);
  EXPECT_EQ(parsed.table.rows[0].number, 5);
}

TEST(ParseCsv, AnErrorOfASpreadsheetIsNoRemark) {
  EXPECT_THAT(
      IssuesOf("a;b\n#;x\n#N/A;2\n#REF!;3\n#1 terbaik;4\n#\tx;5\n"),
      ElementsAre(HasSubstr("t.csv:3:1: begins with `#N/A`, which looks like an error of the"),
                  HasSubstr("t.csv:4:1: begins with `#REF!`, which looks like an error of the"),
                  HasSubstr("t.csv:5:1: begins with `#1 terbaik`, which is no remark; a remark")));
}

TEST(ParseCsv, TellsTheHeaderFromRemarksWithSeparators) {
  for (const char* text : {"\"# Isi; lalu simpan\",,,\na,b,c,d\n", "\"#\",;\r\na,b,c,d\n",
                           "#,,\na,b,c,d\n", "\"# Isi;\nlalu; simpan\",,,\na,b,c,d\n"}) {
    const ParsedCsv parsed = ParseCsv(text);

    EXPECT_THAT(parsed.issues, IsEmpty()) << text;
    EXPECT_EQ(parsed.table.header.fields, (Fields{"a", "b", "c", "d"})) << text;
  }
  EXPECT_THAT(IssuesOf("\"# x\ny\"\r\n\r\na;b,c\n"), ElementsAre(HasSubstr("t.csv:3:1: has both")));
}

TEST(ParseCsv, RefusesRowsOfAnotherLengthThanTheHeaderAllAtOnce) {
  EXPECT_THAT(IssuesOf("a,b\n90,2,x\n1,2\n1\n"),
              ElementsAre(HasSubstr("t.csv:2:2: the row has 3 fields and the header 2"),
                          HasSubstr("t.csv:4:1: the row has 1 fields and the header 2")));
}

TEST(ParseCsv, SaysWhereAQuoteIsWrong) {
  EXPECT_THAT(IssuesOf("a;b\n1;x\"y\n"), ElementsAre(HasSubstr("t.csv:2:2: a quote inside")));
  EXPECT_THAT(IssuesOf("a;b\n1;\"x\"y\n"), ElementsAre(HasSubstr("t.csv:2:2: a quote inside")));
  EXPECT_THAT(IssuesOf("a;b\n1;2\n3;\"x\n4;5\n"), ElementsAre(HasSubstr("t.csv:3:2: a quote")));
}

TEST(ParseCsv, RefusesControlCharactersAndWhatIsNotUtf8) {
  EXPECT_THAT(IssuesOf("a;b\n1;\x01\nx\xe9;2\n"),
              ElementsAre(HasSubstr("t.csv:2:2: a control character"),
                          HasSubstr("t.csv:3:1: a control character")));
  EXPECT_THAT(IssuesOf(absl::string_view("\xff\xfe"
                                         "a\0;\0",
                                         6)),
              ::testing::Not(IsEmpty()));
}

TEST(ParseCsv, RefusesWhatHasNoHeaderAndWhatIsTooLarge) {
  EXPECT_THAT(IssuesOf(""), ElementsAre(HasSubstr("t.csv:1:1: is empty")));
  EXPECT_THAT(IssuesOf("# a;b\n\n"), ElementsAre(HasSubstr("t.csv:1:1: is empty")));
  EXPECT_THAT(IssuesOf(std::string(kCsvBytesMax + 1, 'a')),
              ElementsAre("t.csv:1:1: is larger than 8 MiB"));
}

TEST(ParseCsv, RefusesManyColumnsAndManyFields) {
  EXPECT_THAT(IssuesOf(std::string(5000, ';')),
              ElementsAre("t.csv:1:1001: has more than 1000 columns or 1000000 fields"));
  std::string text = "a;b;c;d;e;f;g;h;i;j\n";
  for (int i = 0; i < 100'000; ++i) text += "1;2;3;4;5;6;7;8;9;0\n";
  EXPECT_THAT(IssuesOf(text), ::testing::Contains(HasSubstr("t.csv:100001:1: has more than 1000")));
}

TEST(ParseCsv, SurvivesEveryPrefixOfAFile) {
  const std::string text = "\xef\xbb\xbf# x\r\na;b\r\n\"c;\"\"d\"\"\n\" ; e \r\r\n;\n\"\";#f\n";
  ASSERT_THAT(ParseCsv(text).issues, IsEmpty());
  for (size_t size = 0; size <= text.size(); ++size) ParseCsv(text.substr(0, size));
}

TEST(WriteCsvRow, IsReadAsTheSameFields) {
  const Fields fields = {"", "x;y", "a\"b", "c\nd", " e ", "1,5", "f", "\"", ""};
  const ParsedCsv parsed = ParseCsv(absl::StrCat(
      WriteCsvRow({"1", "2", "3", "4", "5", "6", "7", "8", "9"}), WriteCsvRow(fields)));

  ASSERT_THAT(parsed.issues, IsEmpty());
  EXPECT_EQ(parsed.table.rows.at(0).fields, fields);
}

}  // namespace
}  // namespace sakip::cli
