#include "services/cli/text/table.h"

#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using Align = Column::Align;

TEST(Width, CountsColumnsOfTheTerminal) {
  EXPECT_EQ(Width("abc"), 3);
  EXPECT_EQ(Width("é"), 1);
  EXPECT_EQ(Width("e\xcc\x81"), 1);  // e and a combining acute.
  EXPECT_EQ(Width("漢字"), 4);
  EXPECT_EQ(Width("\xff"), 1);
}

TEST(Printable, ReplacesWhatWouldMoveATerminal) {
  EXPECT_EQ(Printable("a\x1b[2Jb\n\xc2\x9b\xff"), "a�[2Jb���");
  EXPECT_EQ(Printable("x\xe2\x80\xae"
                      "2.09"),
            "x�2.09");
  EXPECT_EQ(Printable("Rp1 – é 漢"), "Rp1 – é 漢");
}

TEST(TakeLine, CutsBetweenWordsAndNeverInsideACharacter) {
  EXPECT_EQ(TakeLine("satu dua", 5), "satu");
  EXPECT_EQ(TakeLine("satu dua", 8), "satu dua");
  EXPECT_EQ(TakeLine("ééééé", 3), "ééé");
  EXPECT_EQ(TakeLine("漢字", 1), "漢");
}

TEST(Table, AlignsMultiByteText) {
  Table table({{"Kode"}, {"Nilai", Align::kRight}});
  table.Add({"é–x", "1"});
  table.Add({"漢字", "1.234"});
  table.Add({"abcdef"});

  EXPECT_EQ(table.Render({}),
            "Kode    Nilai\n"
            "------  -----\n"
            "é–x         1\n"
            "漢字    1.234\n"
            "abcdef\n");
}

TEST(Table, WrapsFlexibleColumnsToTheScreen) {
  Table table({{"K"}, {"Nama", Align::kLeft, true}, {"N", Align::kRight}});
  table.Add({"1", "Persentase penyandang masalah sosial", "12"});

  const std::string text = table.Render({.columns = 30});

  EXPECT_EQ(text,
            "K  Nama                      N\n"
            "-  -----------------------  --\n"
            "1  Persentase penyandang    12\n"
            "   masalah sosial\n");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) EXPECT_LE(Width(line), 30);
}

TEST(Table, WrapsColumnsThatHaveALargestWidth) {
  Table table({{"Angka", Align::kRight, false, 11}});
  table.Add({"belum jatuh tempo"});

  EXPECT_EQ(table.Render({}), "      Angka\n-----------\nbelum jatuh\n      tempo\n");
}

TEST(Table, KeepsFlexibleColumnsReadableOnANarrowScreen) {
  Table table({{"K"}, {"Nama", Align::kLeft, true}});
  table.Add({"123456789", "sebuah nama panjang"});

  EXPECT_EQ(table.Render({.columns = 5}),
            "K          Nama\n"
            "---------  ------------\n"
            "123456789  sebuah nama\n"
            "           panjang\n");
}

TEST(Table, PaintsOnlyWhereColoursAreOnAndKeepsTheAlignment) {
  Table table({{"A"}, {"B"}});
  table.Add({Cell("ya", Color::kGreen), "x"});

  EXPECT_EQ(table.Render({}),
            "A   B\n"
            "--  -\n"
            "ya  x\n");
  EXPECT_EQ(table.Render({.columns = 80, .color = true}),
            "\x1b[1mA\x1b[0m   \x1b[1mB\x1b[0m\n"
            "--  -\n"
            "\x1b[32mya\x1b[0m  x\n");
}

TEST(Table, TakesNoControlCharactersFromCells) {
  Table table({{"A"}});
  table.Add({"x\ny\x1b[31m"});

  EXPECT_EQ(table.Render({}), "A\n--------\nx�y�[31m\n");
}

TEST(Paragraph, HangsBehindItsLead) {
  EXPECT_EQ(Paragraph("ab: ", "satu dua tiga empat", 16),
            "ab: satu dua\n"
            "    tiga empat\n");
  EXPECT_EQ(Paragraph("ab: ", "", 16), "ab:\n");
}

}  // namespace
}  // namespace sakip::cli
