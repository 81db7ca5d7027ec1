// The stream of an import: its options and limits, breaking off and going on, a slow log, a server
// that stops.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "services/realization/rpc/import_call.h"
#include "tests/scenarios/import_server.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using planning::kDinsos;
using testing::HasField;
using testing::IsOk;
using testing::StatusIs;

class ImportStreamTest : public ImportTestBase {};

TEST_F(ImportStreamTest, NamesEachWrongOption) {
  Options wrong;
  wrong.set_parent(absl::StrCat(kDinsos, "/annualPlans/2023"));
  wrong.set_import_id(std::string(49, 'x'));
  wrong.set_reason(std::string(2001, 'x'));
  wrong.set_item_count(10001);
  wrong.set_first_item_index(0xFFFFFFFF);

  const auto refused = Import(wrong, {});

  for (const char* field : {"parent", "import_id", "strategy", "atomicity", "lines", "reason",
                            "item_count", "first_item_index"}) {
    EXPECT_THAT(refused, HasField(absl::StrCat("options.", field)));
  }
  EXPECT_THAT(Import(AllOrNothing(0), {}), HasField("options.item_count"));
}

TEST_F(ImportStreamTest, IsForWhoMaySubmitInItsParent) {
  const auto messages = Messages(PerItem(), {Item("2023Q1")});

  for (const char* identity : {"subject=a;roles=reporter;scopes=regions/35.09",
                               "subject=a;roles=auditor;scopes=regions/35"}) {
    EXPECT_THAT(Send(messages, identity), StatusIs(StatusCode::kPermissionDenied));
  }
  EXPECT_THAT(Send(messages, "subject=a;roles=reporter;scopes=regions/35"), IsOk());
}

TEST_F(ImportStreamTest, TakesOptionsOnceAndNoMoreItemsThanItSays) {
  auto twice = Messages(PerItem(), {Item("2023Q1")});
  *twice[1].mutable_options() = PerItem();
  Options one = PerItem();
  one.set_item_count(1);

  EXPECT_THAT(Send(twice), HasField("options"));
  EXPECT_THAT(Import(one, {Item("2023Q1"), Item("2023Q2")}), HasField("items"));
  one.set_item_count(3);
  EXPECT_THAT(Import(one, {Item("2023Q1"), Item("2023Q2")}), HasField("options.item_count"));
}

TEST_F(ImportStreamTest, TakesItemsWithTheOptionsAndSeveralAMessage) {
  ImportRequest all;
  *all.mutable_options() = PerItem();
  for (const char* period : {"2023Q1", "2023Q2", "2023Q3"}) *all.add_items() = Item(period);

  const auto summary = Send({all});

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->created(), 3u);
}

TEST_F(ImportStreamTest, HasAtMostTenThousandItems) {
  std::vector<ImportRequest> messages = Messages(PerItem(), {});
  v1::Submission empty;
  for (int i = 0; i < 10000; ++i) *messages[0].add_items() = empty;
  const auto most = Send(messages);
  ASSERT_THAT(most, IsOk());
  EXPECT_EQ(most->failed(), 10000u);

  *messages[0].add_items() = empty;

  EXPECT_THAT(Send(messages), HasField("items"));
}

TEST_F(ImportStreamTest, AllOrNothingHasAtMostSixteenMebibytes) {
  std::vector<v1::Submission> items;
  for (const char* period : {"2023Q1", "2023Q2", "2023Q3", "2023Q4"}) {
    v1::Submission item = Item(period);
    for (int i = 0; i < 9000; ++i) {
      v1::BudgetRealization& line = *item.add_budgets();
      line.set_sub_activity_code(absl::StrCat("code-", i));
      line.set_realized("1");
      line.mutable_narrative()->set_constraints(std::string(440, 'x'));
    }
    items.push_back(item);
    items.push_back(item);
    items.back().set_name(absl::StrCat(kDinsos, "/submissions/2022", period + 4));
  }

  EXPECT_THAT(Import(AllOrNothing(items.size()), items),
              StatusIs(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE"));
  EXPECT_EQ(end(), 0u);
}

TEST_F(ImportStreamTest, EndsWherePlanningIsGone) {
  planning_.Stop();

  EXPECT_THAT(Import(PerItem(), {Item("2023Q1")}),
              StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_EQ(end(), 0u);
}

// Items of many agencies: `count` in all, four quarters each.
class ImportManyTest : public ImportTestBase {
 protected:
  ImportManyTest() {
    for (int i = 0; i < kItems / 4; ++i) {
      const std::string agency = absl::StrCat("regions/35.10/agencies/a", i);
      Publish(agency);
      for (const char* period : {"2023Q1", "2023Q2", "2023Q3", "2023Q4"}) {
        items_.push_back(Item(period, absl::StrCat(i), agency));
      }
    }
  }

  static constexpr int kItems = 300;
  std::vector<v1::Submission> items_;
};

TEST_F(ImportManyTest, AnImportThatBrokeOffGoesOnWithoutLossOrDouble) {
  grpc::ClientContext context;
  rpc::Prepare({.deadline = rpc::CallDeadline(absl::Seconds(60))}, context);
  v1::ImportSubmissionsResponse response;
  auto writer = stub_->ImportSubmissions(&context, &response);
  const auto messages = Messages(PerItem(), items_);
  for (size_t i = 0; i < messages.size() / 2; ++i) writer->Write(messages[i]);
  context.TryCancel();
  EXPECT_THAT(rpc::FromGrpcStatus(writer->Finish()), StatusIs(StatusCode::kCancelled));

  const auto summary = Send(messages);

  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->created(), static_cast<uint32_t>(kItems));
  EXPECT_EQ(end(), static_cast<uint64_t>(kItems));
}

TEST_F(ImportManyTest, AnAllOrNothingImportThatBreaksOffStoresNothing) {
  const auto messages = Messages(AllOrNothing(items_.size()), items_);

  EXPECT_THAT(Send({messages.begin(), messages.end() - 1}), HasField("options.item_count"));
  EXPECT_EQ(end(), 0u);

  const auto summary = Send(messages);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->created(), static_cast<uint32_t>(kItems));
  EXPECT_EQ(end(), static_cast<uint64_t>(kItems));
}

// The log takes few appends at a time and its disk stands still until the test lets it go: an
// import with more of them in flight would be refused.
class SlowLogTest : public ImportManyTest {
 protected:
  void OnCommit() override {
    MutexLock lock(mutex_);
    stands_ = true;
    changed_.notify_all();
    while (!open_) changed_.wait(mutex_);
  }
  void AwaitStandstill() {
    MutexLock lock(mutex_);
    while (!stands_) changed_.wait(mutex_);
  }
  void Open() {
    MutexLock lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  Mutex mutex_;
  ConditionVariable changed_;
  bool stands_ ABSL_GUARDED_BY(mutex_) = false;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
};

// What was on its way to the log is all that was taken of the import, however long the log stood.
TEST_F(SlowLogTest, AStopStoresWhatIsOnItsWayAndNoMore) {
  std::promise<void> told;
  import_.gate().OnDrain([&told] { told.set_value(); });  // After the imports were told.
  std::thread drain([this] {
    AwaitStandstill();
    import_.server().Drain();
  });
  std::thread opener([&] {
    told.get_future().wait();
    Open();
  });

  const auto stopped = Import(PerItem(), items_);

  drain.join();
  opener.join();
  // Without the reason where the connection closes on what the client still sends.
  EXPECT_THAT(stopped, StatusIs(StatusCode::kUnavailable));
  EXPECT_GT(end(), 0u);
  EXPECT_LE(end(), ImportCall::kItemsInFlightMax);
}

}  // namespace
}  // namespace sakip::realization
