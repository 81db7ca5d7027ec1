#include "services/cli/yaml/yaml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using ::testing::HasSubstr;

// The one issue of `text` as a line.
std::string IssueOf(absl::string_view text) {
  const ParsedYaml parsed = ParseYaml(text);
  if (parsed.issues.size() != 1) return absl::StrCat(parsed.issues.size(), " issues");
  return FormatIssue("f.yaml", parsed.issues[0]);
}

std::string Repeat(absl::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, part);
  return text;
}

TEST(ParseYaml, KeepsTextVerbatimAndSaysWhereItStands) {
  const ParsedYaml parsed = ParseYaml("a: 90.20\nb:\n  - {c: 'no'}\n");

  ASSERT_TRUE(parsed.issues.empty());
  ASSERT_EQ(parsed.root.entries.size(), 2u);
  EXPECT_EQ(parsed.root.entries[0].value.text, "90.20");
  EXPECT_EQ(parsed.root.entries[0].value.position, (FilePosition{1, 4}));
  const YamlNode& item = parsed.root.entries[1].value.items.at(0);
  EXPECT_EQ(item.position, (FilePosition{3, 5}));
  EXPECT_EQ(item.entries.at(0).value.text, "no");
}

// Minutes where every place is counted from the start of its line.
TEST(ParseYaml, FindsThePlacesInOneLongLine) {
  constexpr int kItems = 400'000;
  const ParsedYaml parsed = ParseYaml(absl::StrCat("[", Repeat("é,", kItems), "x]"));

  ASSERT_TRUE(parsed.issues.empty());
  EXPECT_EQ(parsed.root.items.at(1).position, (FilePosition{1, 4}));
  EXPECT_EQ(parsed.root.items.at(kItems).position, (FilePosition{1, 2 * kItems + 2}));
}

TEST(ParseYaml, CountsColumnsInCharactersAndNotInBytes) {
  const ParsedYaml parsed = ParseYaml("{é: é, b: c}");

  ASSERT_EQ(parsed.root.entries.size(), 2u);
  EXPECT_EQ(parsed.root.entries[1].key_position, (FilePosition{1, 8}));
}

TEST(ParseYaml, GivesAnAbsentValueThePlaceOfItsKey) {
  const ParsedYaml parsed = ParseYaml("a:\n\n\nb: 1\n");

  ASSERT_EQ(parsed.root.entries.size(), 2u);
  EXPECT_EQ(parsed.root.entries[0].value.kind, YamlNode::Kind::kNull);
  EXPECT_EQ(parsed.root.entries[0].value.position, (FilePosition{1, 1}));
}

TEST(ParseYaml, SkipsAByteOrderMark) {
  EXPECT_EQ(ParseYaml("\xef\xbb\xbf"
                      "a: 1\n")
                .root.entries.at(0)
                .key_position,
            (FilePosition{1, 1}));
}

TEST(ParseYaml, RefusesWhatIsNoYaml) {
  EXPECT_THAT(IssueOf("a: [1, 2\n"), HasSubstr("f.yaml:2:1: is not YAML: "));
  EXPECT_THAT(IssueOf("a: 1\n\tb: 2\n"), HasSubstr("f.yaml:2:1: is not YAML: "));
  EXPECT_EQ(IssueOf(""), "f.yaml:1:1: is empty");
  EXPECT_EQ(IssueOf("# nothing\n"), "f.yaml:1:1: is empty");
}

TEST(ParseYaml, RefusesSeveralDocuments) {
  EXPECT_THAT(IssueOf("a: 1\n---\nb: 2\n"), HasSubstr("f.yaml:2:1: a second document"));
}

TEST(ParseYaml, RefusesAnchorsAndAliases) {
  EXPECT_THAT(IssueOf("a: &x [1, 2]\nb: *x\n"), HasSubstr("f.yaml:1:4: an anchor"));
  EXPECT_THAT(IssueOf("a: &x 1\n"), HasSubstr("f.yaml:1:4: an anchor"));
  EXPECT_THAT(IssueOf("a: *x\n"), HasSubstr("f.yaml:1:4: "));
}

TEST(ParseYaml, RefusesTags) {
  EXPECT_THAT(IssueOf("a: !!binary aGk=\n"), HasSubstr("f.yaml:1:4: a tag"));
  EXPECT_THAT(IssueOf("a: !x {b: 1}\n"), HasSubstr("f.yaml:1:4: a tag (!x)"));
}

TEST(ParseYaml, RefusesKeysThatAreNotText) {
  EXPECT_THAT(IssueOf("? [a]\n: 1\n"), HasSubstr("f.yaml:1:3: is no key"));
  EXPECT_THAT(IssueOf("~: 1\n"), HasSubstr("is no key"));
}

TEST(ParseYaml, RefusesDeepNestingInEveryForm) {
  const auto nested = [](int depth) {
    return absl::StrCat("a:\n  ", Repeat("[", depth - 1), "1", Repeat("]", depth - 1), "\n");
  };
  EXPECT_TRUE(ParseYaml(nested(50)).issues.empty());
  EXPECT_EQ(IssueOf(nested(51)), "f.yaml:2:52: is nested deeper than 50 levels");
  EXPECT_THAT(IssueOf(Repeat("- ", 100'000)), HasSubstr("nested deeper than 50"));
  // Brackets that never close are refused as something else, but as fast.
  for (const char* part : {"[", "{a: ", "[{a: ", "? "}) {
    EXPECT_THAT(IssueOf(Repeat(part, 100'000)), HasSubstr("f.yaml:1:")) << part;
  }
}

TEST(ParseYaml, RefusesLargeFilesAndManyValues) {
  EXPECT_EQ(IssueOf(std::string(kYamlBytesMax + 1, 'a')), "f.yaml:1:1: is larger than 8 MiB");
  EXPECT_THAT(IssueOf("[" + Repeat("1,", kYamlNodesMax) + "]"), HasSubstr("has more than 1000000"));
}

TEST(ParseYaml, RefusesControlCharactersAndWhatIsNotUtf8) {
  // yaml-cpp takes 0x04 for the end of the file.
  EXPECT_THAT(IssueOf("a: 1\nb: 2\x04\nc: 3\n"), HasSubstr("f.yaml:2:5: a control character"));
  EXPECT_THAT(IssueOf(absl::string_view("a: \0", 4)), HasSubstr("f.yaml:1:4: "));
  EXPECT_THAT(IssueOf("a: \xc3\x28\n"), HasSubstr("f.yaml:1:4: "));
  EXPECT_THAT(IssueOf("a: \xed\xa0\x80\n"), HasSubstr("f.yaml:1:4: "));
  EXPECT_THAT(IssueOf(absl::string_view("\xff\xfe\x61\x00", 4)), HasSubstr("f.yaml:1:1: "));
}

TEST(ParseYaml, SurvivesEveryPrefixOfAFile) {
  const std::string text = "a: 'x'\nb: [1, {c: \"d\\n\"}]\ne: |\n  text\nf: >-\n  y\n\n? g\n: é\n";
  for (size_t size = 0; size <= text.size(); ++size) ParseYaml(text.substr(0, size));
}

TEST(FormatIssue, MakesTextOfTheFileSafeToPrint) {
  EXPECT_EQ(FormatIssue("a\x1b[31m", {{1, 2}, "x\ny", "z"}),
            "a\xef\xbf\xbd[31m:1:2: x\xef\xbf\xbdy: z");
}

}  // namespace
}  // namespace sakip::cli
