// What a plan may be sent with: every field filled with what it must not hold, money at the edge of
// what is computed with, circles, repeats, and the largest plan. It is refused at its path, or
// right.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/rpc/channel.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/full_plan.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::HasField;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using Stub = v1::PlanningService::Stub;

constexpr char kEdge[] = "999999999999999999.99";  // The most that an amount may be.
constexpr char kInt64Max[] = "9223372036854775807";

// A text field of a message that may be changed.
struct Text {
  Message* message;
  const FieldDescriptor* field;
  int index;  // Negative where the field is there once.
  std::string path;

  std::string Get() const {
    const Reflection& reflection = *message->GetReflection();
    return index < 0 ? reflection.GetString(*message, field)
                     : reflection.GetRepeatedString(*message, field, index);
  }
  void Set(const std::string& value) const {
    const Reflection& reflection = *message->GetReflection();
    if (index < 0) return reflection.SetString(message, field, value);
    reflection.SetRepeatedString(message, field, index, value);
  }
};

// All texts of a message that are filled, at any depth.
void AddTexts(Message& message, const std::string& path, std::vector<Text>& texts) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string name = absl::StrCat(path, path.empty() ? "" : ".", field->name());
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string item = field->is_repeated() ? absl::StrCat(name, "[", i, "]") : name;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddTexts(*(field->is_repeated() ? reflection.MutableRepeatedMessage(&message, field, i)
                                        : reflection.MutableMessage(&message, field)),
                 item, texts);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        texts.push_back({&message, field, field->is_repeated() ? i : -1, item});
      }
    }
  }
}

// The text fields that messages of this type can have, but for those of findings and times.
void AddFields(const Descriptor& type, std::set<const Descriptor*>& seen,
               std::set<std::string>& fields) {
  if (!absl::StartsWith(type.full_name(), "sakip.planning.") && type.name() != "Measure") return;
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      AddFields(*field.message_type(), seen, fields);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      fields.insert(field.full_name());
    }
  }
}

class HostileInputTest : public ::testing::Test {
 protected:
  HostileInputTest() {
    PublishEdition(kTestNomenclature);
    PublishEdition(kTestRegions);
  }

  void PublishEdition(const std::string& name) {
    v1::PublishCodeEditionRequest request;
    *request.mutable_code_edition() = FullPlanEdition(name);
    request.set_request_id(absl::StrReplaceAll(name, {{"/", "."}}));
    EXPECT_THAT(rpc::CallNow(planning_.code_edition_stub(),
                             &v1::CodeEditionService::Stub::PublishCodeEdition, request),
                IsOk());
  }

  // The paths that a check of the plan refuses, in the order told.
  std::vector<std::string> Refused() {
    v1::CheckPlanRequest request;
    request.set_parent(plan_.parent());
    *request.mutable_agency() = plan_.agency();
    *request.mutable_documents() = plan_.documents();
    const auto checked = rpc::CallNow(planning_.stub(), &Stub::CheckPlan, request);
    EXPECT_THAT(checked, IsOk());
    std::vector<std::string> paths;
    if (!checked.ok()) return paths;
    for (const v1::PlanError& error : checked->errors()) paths.push_back(error.field());
    return paths;
  }

  absl::StatusOr<v1::PublishPlanResponse> Publish() {
    return rpc::CallNow(planning_.stub(), &Stub::PublishPlan, plan_);
  }

  // Puts `value` into every text that `wanted` accepts, one at a time.
  void Try(const std::string& value, const std::function<bool(const Text&)>& wanted) {
    std::vector<Text> texts;
    AddTexts(*plan_.mutable_agency(), "agency", texts);
    for (int i = 0; i < plan_.documents_size(); ++i) {
      AddTexts(*plan_.mutable_documents(i), absl::StrCat("documents[", i, "]"), texts);
    }
    int tried = 0;
    for (const Text& text : texts) {
      if (!wanted(text)) continue;
      ++tried;
      const std::string before = text.Get();
      text.Set(value);
      EXPECT_THAT(Refused(), Contains(text.path)) << "with " << absl::CHexEscape(value);
      text.Set(before);
    }
    EXPECT_GT(tried, 0);
  }

  v1::PlanDocument& document(int i) { return *plan_.mutable_documents(i); }
  v1::AnnualPlan& annual_plan() { return *document(2).mutable_annual_plan(); }
  v1::PerformanceAgreement& agreement() { return *document(3).mutable_performance_agreement(); }
  v1::Activity& activity() {
    return *annual_plan().mutable_objectives(0)->mutable_programs(0)->mutable_activities(0);
  }

  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
  v1::PublishPlanRequest plan_ = FullPlan();
};

TEST_F(HostileInputTest, ThePlanIsWholeAndHasEveryTextThatACallerWrites) {
  EXPECT_THAT(Refused(), IsEmpty());
  std::set<const Descriptor*> seen;
  std::set<std::string> fields;
  AddFields(*v1::Agency::descriptor(), seen, fields);
  AddFields(*v1::PlanDocument::descriptor(), seen, fields);
  std::vector<Text> texts;
  AddTexts(plan_, "", texts);
  for (const Text& text : texts) fields.erase(text.field->full_name());
  EXPECT_THAT(fields, ElementsAre("sakip.planning.v1.PlanDocument.content_digest",
                                  "sakip.planning.v1.PlanDocument.publisher"));
}

TEST_F(HostileInputTest, EveryTextRefusesWhatReadsOtherwiseThanItIsStored) {
  const auto all = [](const Text&) { return true; };
  for (const char* mark :
       {"\x01", "\x7F", "\xC2\x85", "\xE2\x80\xAE", "\xE2\x80\x8F", "\xE2\x81\xA6"}) {
    Try(absl::StrCat("a", mark, "b"), all);
  }
  Try(std::string(2001, 'a'), all);
  Try(std::string("a\0b", 3), all);
}

TEST_F(HostileInputTest, AmountsAndTargetsBeyondTheirDigitsAreRefused) {
  const auto decimals = [](const Text& text) {
    const std::string& name = text.field->name();
    return name == "value" || name == "amount" || name == "budget" || name == "stated_budget" ||
           name == "weight";
  };
  for (const char* value : {kInt64Max, "-9223372036854775808", "18446744073709551616", "1e18", "-1",
                            "NaN", "1.000,00", "0x10", " 1", "1 "}) {
    Try(value, decimals);
  }
}

TEST_F(HostileInputTest, MoneyAtTheEdgeIsKeptToTheLastDigit) {
  v1::SubActivity& sub_activity = *activity().mutable_sub_activities(0);
  sub_activity.set_budget(kEdge);
  sub_activity.mutable_budget_parts(0)->set_amount(kEdge);
  annual_plan().set_stated_budget(kEdge);
  annual_plan().mutable_stated_budget_parts(0)->set_amount("0.01");
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  const auto& findings = published->documents(2).findings();
  ASSERT_EQ(findings.size(), 1) << published->documents(2).DebugString();
  EXPECT_EQ(findings[0].code(), "BUDGET_PARTS_DIFFER");
  EXPECT_EQ(findings[0].figures(0).value(), "0.01 Rp");
  EXPECT_EQ(findings[0].figures(1).value(), absl::StrCat(kEdge, " Rp"));
}

TEST_F(HostileInputTest, ASumOfBudgetsThatOverflowsIsRefusedWhereItDoes) {
  activity().mutable_sub_activities(0)->set_budget(kEdge);
  v1::SubActivity& second = *activity().add_sub_activities();
  second.set_code("SK2");
  second.set_display_name("Kedua");
  second.set_budget("0.01");
  EXPECT_THAT(Refused(),
              ElementsAre("documents[2].annual_plan.objectives[0].programs[0].activities[0]."
                          "sub_activities[1].budget"));
  EXPECT_THAT(Publish(), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(end(), 2u);
}

TEST_F(HostileInputTest, SumsThatOnlyAFindingShowsAreRightHoweverLarge) {
  agreement().clear_program_budgets();
  for (int i = 0; i < 400; ++i) {
    v1::AgreedBudget& agreed = *agreement().add_program_budgets();
    agreed.set_program_code(absl::StrCat("P", i));
    agreed.set_budget(kEdge);
  }
  agreement().mutable_program_budgets(0)->set_program_code("P");
  auto& parts = *activity().mutable_sub_activities(0)->mutable_budget_parts();
  parts.Clear();
  for (int i = 0; i < 100; ++i) {
    types::v1::BudgetPart& part = *parts.Add();
    part.set_funding_source(absl::StrCat("sumber ", i));
    part.set_amount(kEdge);
  }
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  const auto figure = [](const v1::DocumentOutcome& outcome, absl::string_view code) {
    for (const types::v1::Finding& finding : outcome.findings()) {
      if (finding.code() == code) return finding.figures(0).value();
    }
    return std::string();
  };
  EXPECT_EQ(figure(published->documents(2), "BUDGET_PARTS_DIFFER"), "99999999999999999999 Rp");
  EXPECT_EQ(figure(published->documents(3), "AGREEMENT_SUM_DIFFERS"), "399999999999999999996 Rp");
  for (int i = 400; i < 501; ++i) {
    *agreement().add_program_budgets() = agreement().program_budgets(0);
    agreement().mutable_program_budgets(i)->set_program_code(absl::StrCat("P", i));
  }
  EXPECT_THAT(Publish(), HasField("documents[3].performance_agreement.program_budgets"));
}

TEST_F(HostileInputTest, CodesThatStandTwiceAreRefusedAtTheSecond) {
  // Every item of a list whose items are told apart by their first field, once more.
  std::vector<std::pair<std::string, std::function<void()>>> repeats = {
      {"agency.units[1].code",
       [&] { *plan_.mutable_agency()->add_units() = plan_.agency().units(0); }},
      {"documents[0].strategic_plan.goals[1].code",
       [&] {
         *document(0).mutable_strategic_plan()->add_goals() = document(0).strategic_plan().goals(0);
       }},
      {"documents[0].strategic_plan.regional_missions[1].goals[0].code",
       [&] {
         v1::StrategicPlan& plan = *document(0).mutable_strategic_plan();
         *plan.add_regional_missions() = plan.regional_missions(0);
         plan.mutable_regional_missions(1)->set_code("M4");
       }},
      {"documents[1].key_indicator_decree.indicators[1].indicator_code",
       [&] {
         v1::KeyIndicatorDecree& decree = *document(1).mutable_key_indicator_decree();
         *decree.add_indicators() = decree.indicators(0);
       }},
      {"documents[2].annual_plan.objectives[0].programs[0].activities[0].sub_activities[1].code",
       [&] { *activity().add_sub_activities() = activity().sub_activities(0); }},
      {"documents[2].annual_plan.objectives[0].programs[0].activities[0].sub_activities[0]."
       "budget_parts[1].funding_source",
       [&] {
         v1::SubActivity& sub_activity = *activity().mutable_sub_activities(0);
         *sub_activity.add_budget_parts() = sub_activity.budget_parts(0);
       }},
      {"documents[3].performance_agreement.targets[2].indicator_code",
       [&] { *agreement().add_targets() = agreement().targets(0); }},
      {"documents[3].performance_agreement.program_budgets[1].program_code",
       [&] { *agreement().add_program_budgets() = agreement().program_budgets(0); }},
      {"documents[4].action_plan.lines[3].indicator_code",
       [&] {
         v1::ActionPlan& plan = *document(4).mutable_action_plan();
         *plan.add_lines() = plan.lines(0);
       }},
      {"documents[4].action_plan.lines[2].quarters[1].quarter",
       [&] {
         v1::ActionLine& line = *document(4).mutable_action_plan()->mutable_lines(2);
         *line.add_quarters() = line.quarters(0);
       }},
  };
  for (const auto& [path, repeat] : repeats) {
    plan_ = FullPlan();
    repeat();
    EXPECT_THAT(Refused(), Contains(path));
  }
}

TEST_F(HostileInputTest, CirclesAndReferencesToNothingAreRefused) {
  // A share that counts itself, and two that count each other.
  v1::Objective& objective = *annual_plan().mutable_objectives(0);
  objective.mutable_indicators(1)->set_children(0, "IKU2");
  const std::string indicators = "documents[2].annual_plan.objectives[0].indicators";
  EXPECT_THAT(Refused(), ElementsAre(indicators + "[1].children[0]"));
  *objective.add_indicators() = objective.indicators(1);
  objective.mutable_indicators(2)->set_code("IKU3");
  objective.mutable_indicators(1)->set_children(0, "IKU3");
  EXPECT_THAT(Refused(),
              ElementsAre(indicators + "[1].children[0]", indicators + "[2].children[0]"));

  // A goal that serves itself or the objective below it.
  plan_ = FullPlan();
  v1::StrategicGoal& goal = *document(0).mutable_strategic_plan()->mutable_goals(0);
  for (const char* code : {"T1", "S1", "M3"}) {
    goal.set_regional_objective_code(code);
    EXPECT_THAT(Refused(),
                ElementsAre("documents[0].strategic_plan.goals[0].regional_objective_code"));
  }

  // An agency that comes from one that comes from it, over a third.
  plan_ = FullPlan();
  const auto register_after = [&](const std::string& code, const std::string& before) {
    v1::Agency agency = TestAgency("regions/35.09/agencies/" + code);
    v1::Predecessor& predecessor = *agency.add_predecessors();
    predecessor.set_agency("regions/35.09/agencies/" + before);
    predecessor.set_succession_date("2010-01-01");
    EXPECT_THAT(planning_.Register(agency, code), IsOk());
  };
  register_after("dinsosnaker", "dinkesos");
  register_after("dinkesos", "dinsos");
  EXPECT_THAT(Refused(), ElementsAre("agency.predecessors[0].agency"));
}

TEST_F(HostileInputTest, EditionsThatAPlanMayNotNameAreRefused) {
  const std::string path = "documents[2].annual_plan.nomenclature_edition";
  PublishEdition("regions/36/codeEditions/nomenklatur-2021");
  PublishEdition("regions/35.10/codeEditions/nomenklatur-2021");
  for (const char* name :
       {"regions/35/codeEditions/tidak-ada", "regions/36/codeEditions/nomenklatur-2021",
        "regions/35.10/codeEditions/nomenklatur-2021", kTestRegions, "nomenklatur-2021"}) {
    annual_plan().set_nomenclature_edition(name);
    EXPECT_THAT(Refused(), ElementsAre(path)) << name;
    EXPECT_THAT(Publish(), HasField(path)) << name;
  }
  // Both are told at once.
  plan_.mutable_agency()->set_region_edition(kTestNomenclature);
  EXPECT_THAT(Refused(), ElementsAre("agency.region_edition", path));
  EXPECT_THAT(planning_.Register(plan_.agency(), "r"), HasField("agency.region_edition"));
  EXPECT_EQ(end(), 4u);  // The editions.
}

TEST_F(HostileInputTest, CodesAreLookedUpInTheEditionThatThePlanNames) {
  v1::SubActivity& sub_activity = *activity().mutable_sub_activities(0);
  sub_activity.set_nomenclature_code("1.06.04.2.01.0099");
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  const auto& findings = published->documents(2).findings();
  ASSERT_EQ(findings.size(), 1) << published->documents(2).DebugString();
  EXPECT_EQ(findings[0].code(), "CODE_NOT_IN_EDITION");
  EXPECT_EQ(findings[0].figures(0).value(), "1.06.04.2.01.0099");
  EXPECT_THAT(findings[0].figures(1).location(), ::testing::HasSubstr(kTestNomenclature));
  sub_activity.set_nomenclature_code("1.06.04.2.01");
  EXPECT_THAT(Refused(),
              ElementsAre("documents[2].annual_plan.objectives[0].programs[0].activities[0]."
                          "sub_activities[0].nomenclature_code"));
}

TEST_F(HostileInputTest, ErrorsOfAllDocumentsAreNamedAtOnce) {
  plan_.mutable_agency()->mutable_staffing()->set_counted_on("31 Desember");
  for (int i = 0; i < plan_.documents_size(); ++i) document(i).set_effective_date("1 Januari");
  EXPECT_THAT(Refused(), ElementsAre("agency.staffing.counted_on", "documents[0].effective_date",
                                     "documents[1].effective_date", "documents[2].effective_date",
                                     "documents[3].effective_date", "documents[4].effective_date"));
  // More than a hundred are counted.
  for (int i = 0; i < 300; ++i) {
    v1::SubActivity& sub_activity = *activity().add_sub_activities();
    sub_activity.set_code(absl::StrCat("kode ", i));
    sub_activity.set_display_name("Sub kegiatan");
    sub_activity.set_budget("0");
  }
  EXPECT_EQ(Refused().size(), 100u);  // As many as one answer holds.
  const auto refused = Publish();
  EXPECT_THAT(std::string(refused.status().message()),
              ::testing::HasSubstr("and 305 more wrong fields"));
  EXPECT_THAT(ErrorFacts(refused.status()), ElementsAre(ErrorFact{"wrong_fields", "306"}));
}

TEST_F(HostileInputTest, APlanIsTakenUpToItsLimitOverTheNetwork) {
  // Documents of 3 MB each; together more than other calls take.
  const auto channel = rpc::MakeChannel({.target = planning_.address()});
  ASSERT_THAT(channel, IsOk());
  const auto stub = v1::PlanningService::NewStub(*channel);
  for (int i = 0; i < 2'000; ++i) {
    v1::SubActivity& sub_activity = *activity().add_sub_activities();
    sub_activity.set_code(absl::StrCat("S", i));
    sub_activity.set_display_name(std::string(500, 'n'));
    sub_activity.set_outcome(std::string(1'000, 'o'));
    sub_activity.set_budget("0");
  }
  v1::PlanDocument amended = document(2);
  amended.set_revision(2);
  amended.set_reason("Perubahan");
  *plan_.add_documents() = amended;
  ASSERT_GT(plan_.ByteSizeLong(), 5'000'000u);
  EXPECT_THAT(rpc::CallNow(*stub, &Stub::PublishPlan, plan_), IsOk());
  v1::GetDocumentRequest get;
  get.set_name(kPlan2023);
  const auto stored = rpc::CallNow(*stub, &Stub::GetDocument, get);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->document().revision(), 2u);

  for (int i = 0; i < 500; ++i) *activity().add_sub_activities() = activity().sub_activities(1);
  EXPECT_THAT(Refused(), Contains("documents[2]"));
}

TEST_F(HostileInputTest, TenThousandSubActivitiesAreStoredAndTraced) {
  activity().clear_sub_activities();
  for (int i = 0; i < 10'000; ++i) {
    v1::SubActivity& sub_activity = *activity().add_sub_activities();
    sub_activity.set_code(absl::StrCat("SK", i));
    sub_activity.set_display_name(absl::StrCat("Penyediaan ", i));
    sub_activity.set_budget("99999999999999.99");
    v1::Indicator& indicator = *sub_activity.add_indicators();
    indicator.set_code(sub_activity.code());
    indicator.set_display_name(absl::StrCat("Jumlah ", i));
    indicator.mutable_target()->set_value("1");
    indicator.mutable_target()->set_unit("orang");
  }
  const auto published = Publish();
  ASSERT_THAT(published, IsOk());
  // The action plan lacks nearly all of them, and both answers and the store stay within bounds.
  const auto& findings = published->documents(4).findings();
  EXPECT_EQ(findings.size(), 501);
  EXPECT_EQ(findings[500].code(), "FINDINGS_LEFT_OUT");
  EXPECT_EQ(findings[500].figures(0).value(), "500");
  EXPECT_EQ(findings[500].figures(1).value(), "10000");
  v1::GetDocumentRequest get;
  get.set_name(kPlan2023);
  const auto stored = rpc::CallNow(planning_.stub(), &Stub::GetDocument, get);
  ASSERT_THAT(stored, IsOk());
  EXPECT_THAT(stored->document().annual_plan(), EqualsProto(annual_plan()));
  v1::GetCascadeRequest trace;
  trace.set_parent(kDinsos);
  trace.set_year(2023);
  const auto cascade = rpc::CallNow(planning_.stub(), &Stub::GetCascade, trace);
  ASSERT_THAT(cascade, IsOk());
  const v1::CascadeNode* node = &cascade->roots(0);
  while (node->level() != v1::CascadeNode::LEVEL_ACTIVITY) node = &node->children(0);
  EXPECT_EQ(node->children_size(), 10'000);
  EXPECT_EQ(node->budget(), "999999999999999900");

  *activity().add_sub_activities() = activity().sub_activities(0);
  activity().mutable_sub_activities(10'000)->set_code("SK10000");
  activity().mutable_sub_activities(10'000)->clear_indicators();
  activity().mutable_sub_activities(10'000)->set_budget("0");
  EXPECT_THAT(Publish(), HasField("documents[2].annual_plan.objectives[0].programs[0]"
                                  ".activities[0].sub_activities"));
  v1::Activity& second =
      *annual_plan().mutable_objectives(0)->mutable_programs(0)->add_activities();
  second.set_code("second");
  second.set_display_name("Kegiatan");
  *second.add_sub_activities() = activity().sub_activities(10'000);
  activity().mutable_sub_activities()->RemoveLast();
  EXPECT_THAT(Refused(), ElementsAre("documents[2].annual_plan.objectives"));
}

}  // namespace
}  // namespace sakip::planning
