#include "services/cli/proof/record_value.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "common/eventlog/payload.h"
#include "common/testing/status_matchers.h"
#include "sakip/planning/v1/events.pb.h"
#include "sakip/realization/v1/events.pb.h"

namespace sakip::cli {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using scoring::v1::EventSource;

template <typename Event>
eventlog::v1::Record RecordOf(const std::string& text) {
  Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event));
  eventlog::v1::Record record;
  record.set_type(Event::descriptor()->full_name());
  record.set_payload(event.SerializeAsString());
  return record;
}

eventlog::v1::Record Plan() {
  return RecordOf<planning::v1::DocumentPublished>(R"pb(
    document {
      name: "a/annualPlans/2023"
      revision: 2
      annual_plan {
        objectives {
          code: "S1"
          indicators {
            code: "IKU1"
            target { value: "30" unit: "%" }
            target_upper { value: "40" unit: "%" }
            weight: "3"
          }
          programs {
            code: "IKU1"
            activities {
              sub_activities {
                code: "SK1"
                indicators {
                  code: "OUT1"
                  target { value: "60" unit: "orang" }
                  not_applicable_reason: "digeser"
                }
                budget: "1000000"
                budget_parts {
                  expenditure_kind: EXPENDITURE_KIND_OPERATING
                  funding_source: "DBHCHT [cukai] 2.1"
                  amount: "400000"
                }
                budget_parts { expenditure_kind: EXPENDITURE_KIND_CAPITAL amount: "600000" }
              }
            }
          }
        }
      }
    })pb");
}

eventlog::v1::Record Quarter() {
  return RecordOf<realization::v1::QuarterSubmitted>(R"pb(
    submission {
      name: "a/submissions/2023Q4"
      revision: 1
      indicators {
        indicator_code: "IKU1"
        ratio { numerator: "15" denominator: "20" }
      }
      indicators { indicator_code: "IKU2" percentage: "90.20" }
      indicators { indicator_code: "IKU3" not_applicable_reason: "ditunda" }
      indicators { indicator_code: "TWICE" quantity: "1" unit: "orang" }
      indicators { indicator_code: "TWICE" quantity: "2" unit: "orang" }
      budgets {
        sub_activity_code: "SK1"
        realized: "999999.50"
        realized_parts { funding_source: "DBHCHT" amount: "5" }
      }
    })pb");
}

EventSource Source(const std::string& name, uint32_t revision, const std::string& path,
                   const std::string& value, const std::string& unit = "") {
  EventSource source;
  source.set_name(name);
  source.set_revision(revision);
  source.set_path(path);
  source.set_value(value);
  source.set_unit(unit);
  return source;
}

absl::Status InPlan(const std::string& path, const std::string& value,
                    const std::string& unit = "") {
  return CheckValue(Plan(), Source("a/annualPlans/2023", 2, path, value, unit));
}

absl::Status InQuarter(const std::string& path, const std::string& value,
                       const std::string& unit = "") {
  return CheckValue(Quarter(), Source("a/submissions/2023Q4", 1, path, value, unit));
}

auto IsInvalid() { return StatusIs(StatusCode::kDataLoss, "PROOF_INVALID"); }

TEST(CheckValue, FindsWhatPlansSay) {
  EXPECT_THAT(InPlan("indicators[IKU1].target", "30", "%"), IsOk());
  EXPECT_THAT(InPlan("indicators[IKU1].target_upper", "40", "%"), IsOk());
  EXPECT_THAT(InPlan("indicators[IKU1].weight", "3"), IsOk());
  EXPECT_THAT(InPlan("indicators[OUT1].target", "60", "ORANG"), IsOk());
  EXPECT_THAT(InPlan("indicators[OUT1].not_applicable_reason", "digeser"), IsOk());
  EXPECT_THAT(InPlan("sub_activities[SK1].budget", "1000000", "Rp"), IsOk());
}

TEST(CheckValue, FindsWhatSubmissionsSay) {
  EXPECT_THAT(InQuarter("indicators[IKU1]", "15 / 20", "%"), IsOk());
  EXPECT_THAT(InQuarter("indicators[IKU2]", "90.2", "%"), IsOk());
  EXPECT_THAT(InQuarter("indicators[IKU3]", "ditunda"), IsOk());
  EXPECT_THAT(InQuarter("budgets[SK1].realized", "999999.5", "Rp"), IsOk());
}

TEST(CheckValue, FindsPartsOfMoneyByKindAndSource) {
  const std::string parts = "sub_activities[SK1].budget_parts";
  EXPECT_THAT(InPlan(parts + "[operating DBHCHT [cukai] 2.1].amount", "400000", "Rp"), IsOk());
  EXPECT_THAT(InPlan(parts + "[capital].amount", "600000.0", "Rp"), IsOk());
  EXPECT_THAT(InQuarter("budgets[SK1].realized_parts[unspecified DBHCHT].amount", "5"), IsOk());

  EXPECT_THAT(InPlan(parts + "[capital].amount", "400000", "Rp"), IsInvalid());
  EXPECT_THAT(InPlan(parts + "[operating].amount", "400000", "Rp"), IsInvalid());
  EXPECT_THAT(InPlan(parts + "[EXPENDITURE_KIND_CAPITAL].amount", "600000"), IsInvalid());
}

TEST(CheckValue, FindsTargetsOfQuartersAndBoundsOfPolicies) {
  const auto action_plan = RecordOf<planning::v1::DocumentPublished>(R"pb(
    document {
      name: "a/actionPlans/2023"
      revision: 1
      action_plan {
        lines {
          indicator_code: "IKU1"
          quarters {
            quarter: 4
            target { value: "10" unit: "%" }
          }
        }
      }
    })pb");
  const auto policy = RecordOf<planning::v1::ScoringPolicyPublished>(R"pb(
    scoring_policy {
      name: "regions/35.09/scoringPolicies/1"
      digits: 2
      clamps { level: LEVEL_OBJECTIVE lower: "0" upper: "100" }
      rating_scale { bands { rating: "AA" lower: "90" } }
      efficiency { tolerance: "5" }
    })pb");
  EXPECT_THAT(CheckValue(action_plan, Source("a/actionPlans/2023", 1,
                                             "lines[IKU1].quarters[4].target", "10", "%")),
              IsOk());
  for (const auto& [path, value] :
       {std::pair("digits", "2"), std::pair("clamps[LEVEL_OBJECTIVE].upper", "100"),
        std::pair("rating_scale.bands[AA].lower", "90"), std::pair("efficiency.tolerance", "5")}) {
    EXPECT_THAT(CheckValue(policy, Source("regions/35.09/scoringPolicies/1", 0, path, value)),
                IsOk())
        << path;
  }
}

TEST(CheckValue, RefusesWhatTheEventDoesNotSay) {
  EXPECT_THAT(InPlan("indicators[IKU1].target", "31", "%"), IsInvalid());
  EXPECT_THAT(InPlan("indicators[IKU1].target", "30", "orang"), IsInvalid());
  EXPECT_THAT(InPlan("indicators[IKU2].target", "30", "%"), IsInvalid());
  EXPECT_THAT(InQuarter("indicators[IKU1]", "15 / 21", "%"), IsInvalid());
  EXPECT_THAT(InQuarter("indicators[IKU1]", "0.75", "%"), IsInvalid());
  EXPECT_THAT(InQuarter("indicators[TWICE]", "1", "orang"), IsInvalid()) << "which of them?";
  EXPECT_THAT(CheckValue(Plan(), Source("a/annualPlans/2023", 1, "indicators[IKU1].target", "30")),
              IsInvalid());
  EXPECT_THAT(CheckValue(Plan(), Source("b/annualPlans/2023", 2, "indicators[IKU1].target", "30")),
              IsInvalid());
}

TEST(CheckValue, RefusesPathsThatLeadNowhere) {
  for (const char* path : {"", ".", "indicators[IKU1", "indicators[IKU1]", "indicators",
                           "indicators[IKU1].weight.more", "indicators[IKU1].nothing",
                           "objectives[S1].indicators", "annual_plan"}) {
    EXPECT_THAT(InPlan(path, "30"), IsInvalid()) << path;
  }
}

TEST(CheckValue, RefusesOtherEvents) {
  eventlog::v1::Record record = Plan();
  record.set_type("sakip.planning.v1.AgencyRegistered");
  EXPECT_THAT(CheckValue(record, Source("a/annualPlans/2023", 2, "indicators[IKU1].target", "30")),
              IsInvalid());
  record = Plan();
  record.set_payload("\xff");
  EXPECT_FALSE(
      CheckValue(record, Source("a/annualPlans/2023", 2, "indicators[IKU1].target", "30")).ok());
}

}  // namespace
}  // namespace sakip::cli
