// Random years, scored with derivations and without: all else has the same bytes.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/scoring/domain/testing/facts_builder.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

using testing::D;
using testing::Facts;
using testing::MakeIndicator;

constexpr uint32_t kSeed = 86214;
constexpr int kYears = 3000;
constexpr const char* kUnits[] = {"orang", "orang", "orang", "%"};

// A year with whatever a plan and submissions may have, sense or not.
class RandomYear {
 public:
  explicit RandomYear(uint32_t seed) : random_(seed) {
    facts_.policy = policy::BuiltInPolicies()[Below(policy::BuiltInPolicies().size())];
    for (const char* code : {"IKU1", "IKU2", "IKU3"}) facts_.Key(Any(code));
    for (const char* code : {"a", "b", "c"}) {
      facts_.Output(Any(code), Amount()).budget_parts = Parts();
    }
    if (Below(2) == 0) Share(facts_.Key(MakeIndicator("share", Amount(), "%")));
    if (Below(3) == 0) {
      Indicator& changed =
          facts_.Revise(absl::CivilDay(testing::kYear, 7, 1)).objectives[0].indicators[0];
      changed.target = {D(Amount()), Any(kUnits)};
    }
    for (int quarter = 1; quarter <= 4; ++quarter) {
      if (Below(5) > 0) Submit(quarter);
    }
    facts_.Close(static_cast<int>(Below(5)));
    if (Below(20) == 0) {
      facts_.submissions.unread.push_back({"sakip.x.v1.Unheard at 7", 7, "of a later version"});
    }
  }

  std::optional<Scorecard> At(int quarter, Derivations derivations) const {
    return Score(facts_.plans, facts_.submissions, facts_.policy, {testing::kYear, quarter},
                 derivations);
  }

  size_t Below(size_t n) { return random_() % n; }

 private:
  template <typename T, size_t n>
  T Any(const T (&values)[n]) {
    return values[Below(n)];
  }

  // Often zero or the same as others.
  std::string Amount() { return absl::StrCat(Below(3) == 0 ? Below(3) * 50 : Below(1000)); }

  std::vector<money::Part> Parts() {
    std::vector<money::Part> parts;
    for (const char* source : {"DAU", "PAD"}) {
      if (Below(3) == 0) continue;
      parts.push_back({{money::ExpenditureKind::kOperating, source}, D(Amount())});
    }
    return parts;
  }

  Indicator Any(const char* code) {
    Indicator indicator = MakeIndicator(code, Amount(), Any(kUnits));
    if (Below(8) == 0) indicator.target_upper = {{D(Amount()), indicator.target.unit}};
    if (Below(2) == 0) indicator.formula = static_cast<Formula>(Below(6));
    indicator.time_aggregation = static_cast<TimeAggregation>(Below(6));
    if (Below(4) == 0) indicator.weight = D(absl::StrCat(1 + Below(3)));
    if (Below(10) == 0) indicator.not_applicable_reason = "dihapus";
    if (Below(2) == 0) {
      std::map<int, std::string> quarters;
      for (int quarter = 1; quarter <= 4; ++quarter) {
        if (Below(3) > 0) quarters[quarter] = Amount();
      }
      facts_.Quarters(code, Amount(), quarters, Any(kUnits));
    }
    return indicator;
  }

  void Share(Indicator& indicator) {
    indicator.formula = Formula::kShareMet;
    indicator.children = {"a", "b", "c", "share", "unheard"};
    indicator.children.resize(Below(6));
  }

  void Submit(int quarter) {
    Submission& submission =
        facts_.Submit(quarter, Below(2) == 0 ? Coverage::kQuarter : Coverage::kYearToDate);
    for (const char* code : {"IKU1", "IKU2", "IKU3", "a", "b", "c", "share"}) {
      if (Below(4) == 0) continue;
      RealizedIndicator& value = submission.indicators[code];
      switch (Below(6)) {
        case 0:
          value = testing::Ratio(Amount(), Amount());
          break;
        case 1:
          value = testing::Percentage(Amount());
          break;
        case 2:
          value = testing::NotApplicable();
          break;
        default:
          value = testing::Quantity(Amount(), Any(kUnits));
      }
    }
    for (const char* code : {"a", "b", "c"}) {
      if (Below(4) > 0) submission.budgets[code] = {D(Amount()), {}, Parts()};
    }
  }

  std::mt19937 random_;
  Facts facts_;
};

// How many derivations a message holds that have a step.
int CountDerivations(const google::protobuf::Message& message) {
  int count = 0;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->message_type() == nullptr) continue;
    if (field->name() == "derivation") {
      ++count;
    } else if (field->is_repeated()) {
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        count += CountDerivations(message.GetReflection()->GetRepeatedMessage(message, field, i));
      }
    } else {
      count += CountDerivations(message.GetReflection()->GetMessage(message, field));
    }
  }
  return count;
}

std::string Bytes(const Scorecard& card) {
  return ToProto(card, View::kPrograms, {}).SerializeAsString();
}

// What no message tells, but forms and explanations do.
std::vector<const Achievement*> Untold(const Scorecard& card) {
  std::vector<const Achievement*> untold;
  for (const ObjectiveScore& objective : card.objectives) {
    for (const ProgramScore& program : objective.programs) {
      untold.push_back(&program.achievement);
      for (const ActivityScore& activity : program.activities) {
        untold.push_back(&activity.achievement);
        for (const SubActivityScore& part : activity.sub_activities) {
          untold.push_back(&part.achievement);
        }
      }
    }
  }
  return untold;
}

TEST(Derivations, ChangeNothingElseOfAScorecard) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  int steps = 0;
  for (uint32_t i = 0; i < kYears && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("year ", i));
    RandomYear year(kSeed + i);
    const int quarter = 1 + static_cast<int>(year.Below(4));
    const auto kept = year.At(quarter, Derivations::kKept);
    const auto left_out = year.At(quarter, Derivations::kLeftOut);
    ASSERT_TRUE(kept.has_value() && left_out.has_value());

    EXPECT_EQ(Bytes(*kept), Bytes(*left_out));
    EXPECT_EQ(CountDerivations(ToProto(*left_out)), 0);
    steps += CountDerivations(ToProto(*kept));
    const std::vector<const Achievement*> untold = Untold(*kept), same = Untold(*left_out);
    ASSERT_EQ(untold.size(), same.size());
    for (size_t at = 0; at < untold.size(); ++at) {
      EXPECT_EQ(ToProto(untold[at]->figure).SerializeAsString(),
                ToProto(same[at]->figure).SerializeAsString());
      EXPECT_TRUE(same[at]->derivation.empty());
      EXPECT_FALSE(untold[at]->derivation.empty());
    }
  }
  EXPECT_GT(steps, kYears * 10);  // Otherwise it would prove little.
}

}  // namespace
}  // namespace sakip::scoring
