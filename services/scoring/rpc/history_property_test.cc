// Random histories of three agencies: whatever way their events reach the projection, scorecards
// have the same bytes. What the figures must be is tests/conformance/history_model_test.py's to
// say.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/views/memory_view_store.h"
#include "common/views/row_comparison.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

constexpr uint32_t kSeed = 5486;
constexpr int kHistories = 10'000;
const std::array<std::string, 3> kAgencies = {kDinsos, "regions/35.09/agencies/dinkes",
                                              "regions/35.10/agencies/bappeda"};

// What happened to one agency, in its order. Where it was closed, the plans are known that were
// there after so many of its own.
struct AgencyEvents {
  std::string agency;
  std::vector<planning::v1::PlanDocument> plans;
  struct Record {
    std::string type;
    std::string payload;
    int own_plans = -1;  // Of a QuarterClosed.
  };
  std::vector<Record> records;
};

class History {
 public:
  explicit History(uint32_t seed) : random_(seed) {
    for (const std::string& agency : kAgencies) Make(agency);
  }

  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }

  // Fills the logs with the events of the agencies in a random order, each in its own.
  void Interleave(TestLogs& logs) {
    std::map<std::string, std::vector<uint64_t>> ends;  // Of planning's log after each own plan.
    std::array<size_t, kAgencies.size()> next = {};
    for (size_t i = 0; i < kAgencies.size(); ++i) ends[kAgencies[i]] = {0};
    ForEachInOrder([&](const AgencyEvents& events, size_t i) {
      if (next[i] == events.plans.size()) return false;
      logs.Add(events.plans[next[i]++]);
      ends[events.agency].push_back(logs.End(Source::kPlanning));
      return true;
    });
    next.fill(0);
    ForEachInOrder([&](const AgencyEvents& events, size_t i) {
      if (next[i] == events.records.size()) return false;
      AddRecord(events.records[next[i]++], events.agency, ends.at(events.agency), logs);
      return true;
    });
  }

 private:
  // Calls `take` with a random agency until none has an event left.
  template <typename Take>
  void ForEachInOrder(Take take) {
    std::vector<size_t> left(agencies_.size());
    for (size_t i = 0; i < left.size(); ++i) left[i] = i;
    while (!left.empty()) {
      const size_t at = static_cast<size_t>(Below(static_cast<int>(left.size())));
      if (!take(agencies_[left[at]], left[at])) left.erase(left.begin() + static_cast<long>(at));
    }
  }

  static void AddRecord(const AgencyEvents::Record& record, const std::string& agency,
                        const std::vector<uint64_t>& ends, TestLogs& logs) {
    std::string payload = record.payload;
    if (record.own_plans >= 0) {
      realization::v1::QuarterClosed closed;
      closed.ParseFromString(payload);
      closed.mutable_close()->set_planning_end_position(
          ends[static_cast<size_t>(record.own_plans)]);
      payload = closed.SerializeAsString();
    }
    logs.AddEvent({record.type, payload}, absl::StrCat(agency, "/years/2023"));
  }

  void Make(const std::string& agency) {
    AgencyEvents& events = agencies_.emplace_back();
    events.agency = agency;
    for (int i = 1 + Below(3); i > 0; --i) events.plans.push_back(Plan(agency));
    std::map<int, uint32_t> revisions;
    for (int i = Below(10); i > 0; --i) {
      const int quarter = 1 + Below(4);
      const std::string name = absl::StrCat(agency, "/submissions/2023Q", quarter);
      switch (const int kind = Below(8); kind) {
        case 0:
          Add(Named<realization::v1::QuarterClosed>(name), events,
              Below(static_cast<int>(events.plans.size()) + 1));
          break;
        case 1:
          Add(Named<realization::v1::QuarterReopened>(name), events);
          break;
        case 2:
        case 3: {
          auto verified = Named<realization::v1::SubmissionVerified>(name);
          verified.set_revision(revisions[quarter]);
          Add(verified, events);
          break;
        }
        default:
          Add(Submitted(name, ++revisions[quarter]), events);
      }
    }
  }

  planning::v1::PlanDocument Plan(const std::string& agency) {
    planning::v1::PlanDocument plan = TestPlan(agency);
    plan.set_revision(static_cast<uint32_t>(agencies_.back().plans.size()) + 1);
    plan.set_effective_date(absl::StrFormat("2023-%02d-01", 1 + (plan.revision() > 1) * Below(12)));
    auto& objective = *plan.mutable_annual_plan()->mutable_objectives(0);
    objective.mutable_indicators(0)->mutable_target()->set_value(absl::StrCat(50 + Below(50)));
    return plan;
  }

  realization::v1::QuarterSubmitted Submitted(const std::string& name, uint32_t revision) {
    realization::v1::QuarterSubmitted event;
    realization::v1::Submission& submission = *event.mutable_submission();
    submission = TestSubmission();
    submission.set_name(name);
    submission.set_revision(revision);
    if (Below(2) == 0) submission.set_coverage(realization::v1::Submission::COVERAGE_QUARTER);
    submission.mutable_indicators(1)->set_quantity(absl::StrCat(Below(100)));
    submission.mutable_budgets(0)->set_realized(absl::StrCat(Below(1'000'000)));
    return event;
  }

  template <typename Event>
  static Event Named(const std::string& name) {
    Event event;
    event.set_name(name);
    return event;
  }

  static void Add(const google::protobuf::Message& event, AgencyEvents& events,
                  int own_plans = -1) {
    events.records.push_back(
        {event.GetDescriptor()->full_name(), event.SerializeAsString(), own_plans});
  }

  std::mt19937 random_;
  std::vector<AgencyEvents> agencies_;
};

v1::Scorecard Card(const Projection& projection, const std::string& agency, int quarter,
                   const AsOf& as_of = {}, Basis basis = Basis::kSubmitted) {
  const AgencyYear facts = projection.Load(agency, 2023, as_of, basis).value();
  const Period period{2023, quarter};
  const auto card = Score(facts.plans, facts.submissions,
                          OwnPolicy(facts.plans, facts.submissions, period), period);
  return card.has_value() ? ToProto(*card) : v1::Scorecard();
}

// Clears the fields of a name, wherever they are.
void Clear(const std::string& name, google::protobuf::Message& message) {
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->name() == name) {
      reflection->ClearField(&message, field);
    } else if (field->is_repeated() && field->message_type() != nullptr) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        Clear(name, *reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->message_type() != nullptr) {
      Clear(name, *reflection->MutableMessage(&message, field));
    }
  }
}

TEST(HistoryProperty, RebuildingFollowingAndAsOfTheEndGiveEqualBytes) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  int scored = 0;
  for (int i = 0; i < kHistories && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("history ", i));
    History history(kSeed + static_cast<uint32_t>(i));
    TestLogs logs;
    history.Interleave(logs);
    views::MemoryViewStore followed_store, rebuilt_store;
    Projection followed(followed_store), rebuilt(rebuilt_store);
    const Positions ends{logs.End(Source::kPlanning), logs.End(Source::kRealization)};
    Positions at;
    while (!at.Reach(ends)) {  // Neither log waits for the other.
      at.planning = std::min(ends.planning, at.planning + static_cast<uint64_t>(history.Below(4)));
      at.realization =
          std::min(ends.realization, at.realization + static_cast<uint64_t>(history.Below(4)));
      logs.ApplyTo(followed, 1 + static_cast<size_t>(history.Below(3)), at);
    }
    logs.ApplyTo(rebuilt);

    EXPECT_EQ(views::CompareRows(followed_store, rebuilt_store)->different, 0u);
    const std::string& agency = kAgencies[static_cast<size_t>(history.Below(3))];
    const int quarter = 1 + history.Below(4);
    const Basis basis = history.Below(3) == 0 ? Basis::kVerified : Basis::kSubmitted;
    const v1::Scorecard card = Card(followed, agency, quarter, {}, basis);
    const std::string bytes = card.SerializeAsString();
    EXPECT_EQ(bytes, Card(rebuilt, agency, quarter, {}, basis).SerializeAsString());
    const AsOf end{ends.planning, ends.realization};
    EXPECT_EQ(bytes, Card(followed, agency, quarter, end, basis).SerializeAsString());

    // As of a position it is what a projection of that much would be.
    const Positions then{
        static_cast<uint64_t>(history.Below(static_cast<int>(ends.planning) + 1)),
        static_cast<uint64_t>(history.Below(static_cast<int>(ends.realization) + 1))};
    views::MemoryViewStore part_store;
    Projection part(part_store);
    logs.ApplyTo(part, 1000, then);
    EXPECT_EQ(Card(followed, agency, quarter, {then.planning, then.realization}, basis)
                  .SerializeAsString(),
              Card(part, agency, quarter, {}, basis).SerializeAsString());
    scored += !card.objectives().empty();
  }
  EXPECT_GT(scored, kHistories / 4);  // Otherwise it would prove little.
}

TEST(HistoryProperty, TheOrderOfEventsOfDifferentAgenciesDoesNotMatter) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  for (int i = 0; i < kHistories / 5 && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(absl::StrCat("history ", i));
    History history(kSeed + static_cast<uint32_t>(i));
    std::vector<std::string> bytes;
    const int quarter = 1 + history.Below(4);
    for (int order = 0; order < 2; ++order) {
      TestLogs logs;
      history.Interleave(logs);
      views::MemoryViewStore store;
      Projection projection(store);
      logs.ApplyTo(projection);
      for (const std::string& agency : kAgencies) {
        v1::Scorecard card = Card(projection, agency, quarter);
        // Where events stand among those of others.
        Clear("log_position", card);
        Clear("times", card);  // Of the clock.
        bytes.push_back(card.SerializeAsString());
      }
    }
    for (size_t agency = 0; agency < kAgencies.size(); ++agency) {
      EXPECT_EQ(bytes[agency], bytes[agency + kAgencies.size()]);
    }
  }
}

// What was realized in the quarters 1 to `through`, as a submission for all of them would tell it.
// Numbers are such that their mean is a decimal.
int ToDate(types::v1::TimeAggregation aggregation, const std::vector<int>& quarters, int through) {
  const auto begin = quarters.begin(), end = begin + through;
  switch (aggregation) {
    case types::v1::TIME_AGGREGATION_SUM:
      return std::accumulate(begin, end, 0);
    case types::v1::TIME_AGGREGATION_AVERAGE:
      return std::accumulate(begin, end, 0) / through;
    case types::v1::TIME_AGGREGATION_MAX:
      return *std::max_element(begin, end);
    case types::v1::TIME_AGGREGATION_MIN:
      return *std::min_element(begin, end);
    default:
      return *(end - 1);
  }
}

TEST(HistoryProperty, QuartersAloneAndYearToDateGiveEqualFigures) {
  std::mt19937 random(kSeed);
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<uint32_t>(n)); };
  for (int i = 0; i < kHistories / 5 && !::testing::Test::HasFailure(); ++i) {
    const auto aggregation = static_cast<types::v1::TimeAggregation>(1 + i % 6);
    planning::v1::PlanDocument plan = TestPlan();
    auto& sub_activity = *plan.mutable_annual_plan()
                              ->mutable_objectives(0)
                              ->mutable_programs(0)
                              ->mutable_activities(0)
                              ->mutable_sub_activities(0);
    sub_activity.mutable_indicators(0)->set_time_aggregation(aggregation);
    const int ratio_to_date = below(2);  // Sums of counts, or the last one.
    plan.mutable_annual_plan()->mutable_objectives(0)->mutable_indicators(0)->set_time_aggregation(
        ratio_to_date == 0 ? types::v1::TIME_AGGREGATION_LAST : types::v1::TIME_AGGREGATION_SUM);
    std::vector<int> quantities, spent, counted;
    for (int quarter = 1; quarter <= 4; ++quarter) {
      quantities.push_back(12 * below(20));
      spent.push_back(below(400'000));
      counted.push_back(below(50));
    }
    TestLogs alone, together;
    for (TestLogs* logs : {&alone, &together}) {
      logs->Add(plan);
      for (int quarter = 1; quarter <= 4; ++quarter) {
        // Each quarter by itself may be told either way.
        const bool to_date = logs == &together && (quarter == 4 || below(2) == 0);
        realization::v1::Submission submission = TestSubmission();
        submission.set_name(absl::StrCat(kDinsos, "/submissions/2023Q", quarter));
        submission.set_coverage(to_date ? realization::v1::Submission::COVERAGE_YEAR_TO_DATE
                                        : realization::v1::Submission::COVERAGE_QUARTER);
        const auto told = [&](types::v1::TimeAggregation by, const std::vector<int>& values) {
          return absl::StrCat(to_date ? ToDate(by, values, quarter)
                                      : values[static_cast<size_t>(quarter - 1)]);
        };
        const auto of_ratio =
            ratio_to_date == 0 ? types::v1::TIME_AGGREGATION_LAST : types::v1::TIME_AGGREGATION_SUM;
        submission.mutable_indicators(0)->mutable_ratio()->set_numerator(told(of_ratio, counted));
        submission.mutable_indicators(0)->mutable_ratio()->set_denominator(
            told(of_ratio, {50, 50, 50, 50}));
        submission.mutable_indicators(1)->set_quantity(told(aggregation, quantities));
        submission.mutable_budgets(0)->set_realized(told(types::v1::TIME_AGGREGATION_SUM, spent));
        logs->Add(submission);
      }
    }
    std::vector<std::string> bytes;
    for (const TestLogs* logs : {&alone, &together}) {
      views::MemoryViewStore store;
      Projection projection(store);
      logs->ApplyTo(projection);
      v1::Scorecard card = Card(projection, kDinsos, 1 + i % 4);
      Clear("derivation", card);  // It tells what was submitted.
      Clear("times", card);       // Of the clock.
      bytes.push_back(card.SerializeAsString());
    }
    EXPECT_EQ(bytes[0], bytes[1]) << "history " << i;
  }
}

}  // namespace
}  // namespace sakip::scoring
