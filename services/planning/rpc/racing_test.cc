// Planners and readers at once: no update is lost, and a list that is read by pages holds its order
// while others publish.
//
// Method: each planner reads the latest revision, adds itself to what it says, and publishes with
// the revision it read; who loses reads again. All calls are kept as a history, and the history is
// checked against what is stored in the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using testing::IsOk;
using Stub = v1::PlanningService::Stub;

constexpr int kPlanners = 16;

// A try to publish.
struct Try {
  uint32_t answered_before = 0;  // The latest revision that anybody had been told of.
  uint32_t expected = 0;
  absl::Status status;
  uint32_t revision = 0;  // Where it won.
  std::string notes;
};

uint32_t CurrentRevision(const absl::Status& status) {
  uint32_t revision = 0;
  for (const ErrorFact& fact : ErrorFacts(status)) {
    if (fact.key != "current_revision") continue;
    EXPECT_TRUE(absl::SimpleAtoi(fact.value, &revision));
  }
  return revision;
}

void RaiseTo(std::atomic<uint32_t>& value, uint32_t least) {
  uint32_t current = value.load();
  while (current < least && !value.compare_exchange_weak(current, least)) continue;
}

class RacingTest : public ::testing::Test {
 protected:
  RacingTest() {
    EXPECT_THAT(planning_.Register(TestAgency(), "agency"), IsOk());
    EXPECT_THAT(planning_.Publish(TestPlan(), 0, "first"), IsOk());
  }

  v1::PlanDocument Get(uint32_t revision) {
    v1::GetDocumentRequest request;
    request.set_name(kPlan2023);
    request.set_revision(revision);
    auto response = rpc::CallNow(planning_.stub(), &Stub::GetDocument, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->document() : v1::PlanDocument();
  }

  // One document, or a plan that has only this one.
  absl::StatusOr<uint32_t> Publish(const v1::PlanDocument& document, uint32_t expected,
                                   const std::string& request_id, bool as_plan) {
    if (!as_plan) {
      const auto response = planning_.Publish(document, expected, request_id);
      if (!response.ok()) return response.status();
      return response->document().revision();
    }
    v1::PublishPlanRequest request;
    request.set_parent(kDinsos);
    *request.add_documents() = document;
    request.mutable_documents(0)->set_revision(expected + 1);
    request.set_request_id(request_id);
    const auto response = rpc::CallNow(planning_.stub(), &Stub::PublishPlan, request);
    if (!response.ok()) return response.status();
    return response->documents(0).revision();
  }

  // Reads, changes, publishes, until it has won so often.
  std::vector<Try> Plan(int planner, int wins) {
    std::vector<Try> history;
    for (int won = 0; won < wins && !HasFailure();) {
      Try& attempt = history.emplace_back();
      attempt.answered_before = answered_.load();
      v1::PlanDocument document = Get(0);
      attempt.expected = document.revision();
      EXPECT_GE(attempt.expected, attempt.answered_before);
      attempt.notes = absl::StrCat(document.notes(), " ", planner);
      document.set_notes(attempt.notes);
      document.set_reason("Perubahan");
      const auto revision =
          Publish(document, attempt.expected, absl::StrCat(planner, ".", history.size()),
                  /*as_plan=*/planner % 2 == 0);
      attempt.status = revision.status();
      if (!revision.ok()) continue;
      attempt.revision = *revision;
      RaiseTo(answered_, *revision);
      ++won;
    }
    return history;
  }

  PlanningServer planning_;
  std::atomic<uint32_t> answered_{1};
};

TEST_F(RacingTest, NoUpdateIsLostAmongManyPlanners) {
  constexpr int kWins = 8;
  std::vector<std::vector<Try>> histories(kPlanners);
  std::vector<std::thread> planners;
  for (int planner = 0; planner < kPlanners; ++planner) {
    planners.emplace_back([&, planner] { histories[planner] = Plan(planner, kWins); });
  }
  for (std::thread& planner : planners) planner.join();
  ASSERT_FALSE(HasFailure());

  const uint32_t last = Get(0).revision();
  ASSERT_EQ(last, 1u + kPlanners * kWins);
  EXPECT_EQ(planning_.log().end_position(), 1u + last);  // The agency, and each revision once.
  std::map<uint32_t, const Try*> winners;
  int lost = 0;
  for (const std::vector<Try>& history : histories) {
    for (const Try& attempt : history) {
      if (attempt.status.ok()) {
        EXPECT_EQ(attempt.revision, attempt.expected + 1);
        EXPECT_TRUE(winners.emplace(attempt.revision, &attempt).second) << attempt.revision;
        continue;
      }
      ++lost;
      EXPECT_THAT(attempt.status,
                  testing::StatusIs(absl::StatusCode::kAborted, "REVISION_CONFLICT"));
      const uint32_t current = CurrentRevision(attempt.status);
      EXPECT_GT(current, attempt.expected) << attempt.status;
      EXPECT_GE(current, attempt.answered_before) << attempt.status;
      EXPECT_LE(current, last) << attempt.status;
    }
  }
  EXPECT_GT(lost, 0) << "nobody was in anybody's way";
  // Each revision is what its winner sent, and says all that those before it said.
  std::string said;
  for (uint32_t revision = 2; revision <= last; ++revision) {
    const std::string notes = Get(revision).notes();
    ASSERT_TRUE(winners.contains(revision)) << revision;
    EXPECT_EQ(notes, winners[revision]->notes);
    EXPECT_EQ(notes.substr(0, said.size()), said) << "lost in revision " << revision;
    said = notes;
  }
}

TEST_F(RacingTest, OneRequestSentByManyAtOnceIsStoredOnce) {
  v1::PlanDocument document = TestPlan();
  document.set_reason("Perubahan");
  std::atomic<int> first_answers{0};
  std::vector<std::thread> senders;
  for (int sender = 0; sender < kPlanners; ++sender) {
    senders.emplace_back([&] {
      const auto response = planning_.Publish(document, 1, "same");
      ASSERT_THAT(response, IsOk());
      EXPECT_EQ(response->document().revision(), 2u);
      if (!response->receipt().repeated()) ++first_answers;
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(first_answers.load(), 1);
  EXPECT_EQ(Get(0).revision(), 2u);
}

// Whoever is too late learns that the agency is there, whenever that became so.
TEST_F(RacingTest, AnAgencyIsRegisteredOnceByManyAtOnce) {
  constexpr int kAgencies = 1500;
  std::vector<std::atomic<int>> registered(kAgencies);
  std::vector<std::thread> planners;
  for (int planner = 0; planner < kPlanners; ++planner) {
    planners.emplace_back([&, planner] {
      for (int i = 0; i < kAgencies; ++i) {
        const v1::Agency agency = TestAgency(absl::StrCat("regions/35.09/agencies/a", i));
        const auto response = planning_.Register(agency, absl::StrCat(planner));
        if (response.ok()) {
          ++registered[i];
          continue;
        }
        EXPECT_THAT(response, testing::StatusIs(absl::StatusCode::kAlreadyExists, "AGENCY_EXISTS"));
      }
    });
  }
  for (std::thread& planner : planners) planner.join();
  for (const std::atomic<int>& times : registered) EXPECT_EQ(times.load(), 1);
}

// What a list gave, page after page.
using Listed = std::vector<v1::PlanDocument>;

class ReadingTest : public RacingTest {
 protected:
  static std::string Agency(int i) { return absl::StrCat("regions/35.09/agencies/a", i); }

  // One document a year for each of its agencies, with an amendment of every other one. Only this
  // writer's own agencies are registered, so that nobody fails.
  void Write(int writer, int agencies, int years) {
    int requests = 0;
    const auto id = [&] { return absl::StrCat(writer, ".", ++requests); };
    for (int i = 0; i < agencies; ++i) {
      const std::string agency = Agency(writer * agencies + i);
      ASSERT_THAT(planning_.Register(TestAgency(agency), id()), IsOk());
      for (int year = 2020; year < 2020 + years; ++year) {
        v1::PlanDocument document = TestPlan();
        document.set_name(absl::StrCat(agency, "/annualPlans/", year));
        document.mutable_annual_plan()->set_year(year);
        ASSERT_THAT(planning_.Publish(document, 0, id()), IsOk());
        if (year % 2 == 0) continue;
        document.set_reason("Perubahan");
        ASSERT_THAT(planning_.Publish(document, 1, id()), IsOk());
      }
    }
  }

  Listed List(const std::string& order, int page_size) {
    Listed listed;
    v1::ListDocumentRevisionsRequest request;
    request.set_parent("regions/35");
    request.set_order_by(order);
    request.set_page_size(page_size);
    do {
      const auto page = rpc::CallNow(planning_.stub(), &Stub::ListDocumentRevisions, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return listed;
      EXPECT_LE(page->documents_size(), page_size);
      listed.insert(listed.end(), page->documents().begin(), page->documents().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return listed;
  }

  static std::pair<std::string, uint32_t> Key(const v1::PlanDocument& document) {
    return {document.name(), document.revision()};
  }

  // Lists in `order` until the writers have ended. Each list is in strict order and has all that
  // the list before it had; and what it names can be read as it says.
  void Read(const std::string& order,
            const std::function<bool(const v1::PlanDocument&, const v1::PlanDocument&)>& before) {
    std::set<std::pair<std::string, uint32_t>> known;
    size_t lists = 0;
    for (bool last = false; !last && !HasFailure(); ++lists) {
      last = written_.load();
      const Listed listed = List(order, 7);
      std::set<std::pair<std::string, uint32_t>> keys;
      for (size_t i = 0; i < listed.size(); ++i) {
        keys.insert(Key(listed[i]));
        EXPECT_TRUE(i == 0 || before(listed[i - 1], listed[i])) << order << " at " << i;
      }
      EXPECT_EQ(keys.size(), listed.size()) << "listed twice by " << order;
      EXPECT_TRUE(std::includes(keys.begin(), keys.end(), known.begin(), known.end()))
          << "left out by " << order;
      if (!listed.empty()) ReadAsListed(listed[lists % listed.size()]);
      known = std::move(keys);
    }
    const MutexLock lock(mutex_);
    final_lists_.push_back(known);
  }

  void ReadAsListed(const v1::PlanDocument& listed) {
    v1::GetDocumentRequest request;
    request.set_name(listed.name());
    request.set_revision(listed.revision());
    const auto got = rpc::CallNow(planning_.stub(), &Stub::GetDocument, request);
    ASSERT_THAT(got, IsOk());
    EXPECT_EQ(got->document().content_digest(), listed.content_digest());
    EXPECT_EQ(got->document().log_position(), listed.log_position());
  }

  std::atomic<bool> written_{false};
  Mutex mutex_;
  std::vector<std::set<std::pair<std::string, uint32_t>>> final_lists_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(ReadingTest, ListsByPageHoldTheirOrderWhileOthersPublish) {
  constexpr int kWriters = 4;
  constexpr int kAgencies = 5;
  constexpr int kYears = 6;
  const auto by_name = [](const auto& a, const auto& b) { return Key(a) < Key(b); };
  const auto by_position = [](const auto& a, const auto& b) {
    return a.log_position() < b.log_position();
  };
  std::vector<std::thread> readers;
  readers.emplace_back([&] { Read("name", by_name); });
  readers.emplace_back(
      [&] { Read("name desc", [&](const auto& a, const auto& b) { return by_name(b, a); }); });
  readers.emplace_back([&] { Read("log_position", by_position); });
  readers.emplace_back([&] {
    Read("log_position desc", [&](const auto& a, const auto& b) { return by_position(b, a); });
  });
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] { Write(writer, kAgencies, kYears); });
  }
  for (std::thread& writer : writers) writer.join();
  written_.store(true);
  for (std::thread& reader : readers) reader.join();

  const MutexLock lock(mutex_);
  ASSERT_EQ(final_lists_.size(), 4u);
  // One of the fixture, and three years with an amendment and three without.
  EXPECT_EQ(final_lists_[0].size(), 1u + kWriters * kAgencies * (kYears + kYears / 2));
  for (const auto& list : final_lists_) EXPECT_EQ(list, final_lists_[0]);
}

}  // namespace
}  // namespace sakip::planning
