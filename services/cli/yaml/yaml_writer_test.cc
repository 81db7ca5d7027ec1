#include "services/cli/yaml/yaml_writer.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "sakip/planning/v1/document.pb.h"
#include "services/cli/yaml/yaml_message.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanDocument;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

PlanDocument Reread(const std::string& text) {
  const ParsedYaml parsed = ParseYaml(text);
  EXPECT_THAT(parsed.issues, IsEmpty()) << text;
  PlanDocument document;
  FieldPositions positions;
  EXPECT_THAT(ReadMessage(parsed.root, document, positions), IsEmpty()) << text;
  return document;
}

TEST(WriteYaml, IsReadAsTheSameMessage) {
  PlanDocument document;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "regions/35.09/agencies/dinsos/annualPlans/2023"
        revision: 2
        annual_plan {
          year: 2023
          stated_budget: "60063906776.00"
          stated_budget_parts { expenditure_kind: EXPENDITURE_KIND_CAPITAL amount: "007" }
          objectives {
            code: "1.0"
            indicators {
              target { value: "90.20" unit: "%" }
              target_upper {}
              formula: FORMULA_RANGE_NEGATIVE
              may_fall: true
              responsible_units: "a"
              responsible_units: "no"
            }
            programs {}
          }
        })pb",
      &document));

  EXPECT_EQ(Reread(WriteYaml(document, nullptr)).DebugString(), document.DebugString());
}

TEST(WriteYaml, KeepsEveryTextVerbatim) {
  for (const char* text : {"null",
                           "~",
                           "yes",
                           "0x10",
                           "1e3",
                           "- a",
                           "-",
                           "---",
                           "...",
                           "#a",
                           "a #b",
                           "a: b",
                           "a:",
                           ": a",
                           "{",
                           "[a]",
                           "'",
                           "\"",
                           "\\",
                           "!a",
                           "&a",
                           "*a",
                           "?",
                           "? a",
                           "%a",
                           "@a",
                           "`",
                           " a",
                           "a ",
                           "|",
                           ">",
                           "a\nb",
                           "\n",
                           "a\tb",
                           "é",
                           "\u2028",
                           "\xf0\x9f\x98\x80",
                           "a,b",
                           "a}",
                           "<<",
                           "=",
                           "2023-01-02"}) {
    PlanDocument document;
    document.set_reason(text);
    document.mutable_annual_plan()->add_objectives()->add_indicators()->add_responsible_units(text);

    EXPECT_EQ(Reread(WriteYaml(document, nullptr)).DebugString(), document.DebugString()) << text;
  }
}

TEST(WriteYaml, LeavesOutWhatItIsTold) {
  PlanDocument document;
  document.set_publisher("somebody");
  document.set_notes("n");

  const std::string text =
      WriteYaml(document, [](absl::string_view name) { return name == "publisher"; });

  EXPECT_THAT(text, Not(HasSubstr("somebody")));
  EXPECT_THAT(text, HasSubstr("notes: n\n"));
}

}  // namespace
}  // namespace sakip::cli
