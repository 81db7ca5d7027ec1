// What every view store promises. A new one adds one line to Stores().
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/temp_dir.h"
#include "common/views/memory_view_store.h"
#include "common/views/rocks_view_store.h"

namespace sakip::views {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Store {
  std::string name;
  bool persistent = false;
  std::function<std::unique_ptr<ViewStore>(const std::string& directory)> open;
};

std::unique_ptr<ViewStore> OpenRocks(const std::string& directory) {
  auto store = RocksViewStore::Open({.directory = directory, .version = "test/1"});
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

std::vector<Store> Stores() {
  return {{"Memory", false, [](const std::string&) { return std::make_unique<MemoryViewStore>(); }},
          {"Rocks", true, OpenRocks}};
}

class ViewStoreContractTest : public ::testing::TestWithParam<Store> {
 protected:
  ViewStoreContractTest() : store_(GetParam().open(directory_.path())) {}

  // Closes the store and opens it again, where it keeps anything.
  void Reopen() {
    if (!GetParam().persistent) return;
    store_ = nullptr;
    store_ = GetParam().open(directory_.path());
  }

  std::vector<std::string> Keys(const ScanRange& range) {
    std::vector<std::string> keys;
    EXPECT_TRUE(store_
                    ->Scan(range,
                           [&](absl::string_view key, absl::string_view) {
                             keys.emplace_back(key);
                             return true;
                           })
                    .ok());
    return keys;
  }

  void PutKeys(const std::vector<std::string>& keys) {
    ViewBatch batch;
    for (const std::string& key : keys) batch.Put(key, "value of " + key);
    ASSERT_TRUE(store_->Apply(batch, "log", 0, 1).ok());
  }

  sakip::testing::TempDir directory_;
  std::unique_ptr<ViewStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Stores, ViewStoreContractTest, ::testing::ValuesIn(Stores()),
                         [](const auto& info) { return info.param.name; });

TEST_P(ViewStoreContractTest, IsEmptyAndAtPositionZeroAtFirst) {
  EXPECT_EQ(store_->Get("k").value(), std::nullopt);
  EXPECT_EQ(store_->Position("log").value(), 0u);
  EXPECT_THAT(Keys({}), IsEmpty());
}

TEST_P(ViewStoreContractTest, ChangesRowsAndPositionTogetherAndKeepsThem) {
  ViewBatch first, second;
  first.Put("a", "1");
  first.Put("b", std::string("2\0x", 3));
  second.Delete("a");
  second.Put("c", "");

  ASSERT_TRUE(store_->Apply(first, "log", 0, 7).ok());
  ASSERT_TRUE(store_->Apply(second, "log", 7, uint64_t{1} << 40).ok());
  Reopen();

  EXPECT_EQ(store_->Get("a").value(), std::nullopt);
  EXPECT_EQ(store_->Get("b").value(), std::string("2\0x", 3));
  EXPECT_EQ(store_->Get("c").value(), "");
  EXPECT_EQ(store_->Position("log").value(), uint64_t{1} << 40);
}

TEST_P(ViewStoreContractTest, RefusesABatchThatComesAgainAndChangesNothing) {
  ViewBatch first, later;
  first.Put("a", "old");
  later.Put("a", "new");
  ASSERT_TRUE(store_->Apply(first, "log", 0, 5).ok());
  ASSERT_TRUE(store_->Apply(later, "log", 5, 6).ok());
  Reopen();

  const absl::Status again = store_->Apply(first, "log", 0, 5);
  const absl::Status ahead = store_->Apply(first, "log", 7, 8);

  for (const absl::Status& status : {again, ahead}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_EQ(ErrorReason(status), "VIEW_POSITION_CONFLICT");
    EXPECT_EQ(ErrorFacts(status), (std::vector<ErrorFact>{{"current_position", "6"}}));
  }
  EXPECT_EQ(store_->Get("a").value(), "new");
  EXPECT_EQ(store_->Position("log").value(), 6u);
}

TEST_P(ViewStoreContractTest, RefusesToGoBack) {
  ASSERT_TRUE(store_->Apply({}, "log", 0, 5).ok());

  EXPECT_EQ(ErrorReason(store_->Apply({}, "log", 5, 4)), "INVALID_FIELD");
  EXPECT_TRUE(store_->Apply({}, "log", 5, 5).ok());
}

TEST_P(ViewStoreContractTest, KeepsAPositionForEachSource) {
  ASSERT_TRUE(store_->Apply({}, "planning", 0, 5).ok());
  ASSERT_TRUE(store_->Apply({}, "realization", 0, 9).ok());
  Reopen();

  EXPECT_EQ(store_->Position("planning").value(), 5u);
  EXPECT_EQ(store_->Position("realization").value(), 9u);
}

TEST_P(ViewStoreContractTest, MakesTheChangesOfABatchInOrder) {
  ViewBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Delete("a");
  batch.Put("b", "1");
  batch.Delete("c");
  batch.Put("c", "3");

  ASSERT_TRUE(store_->Apply(batch, "log", 0, 1).ok());

  EXPECT_THAT(Keys({}), ElementsAre("b", "c"));
}

TEST_P(ViewStoreContractTest, ScansAPrefixInOrderFromAKeyAndNoFurtherThanAsked) {
  PutKeys({"a/1", "a/2", "a/3", "b/1", "a", "p", "v", std::string("a/\xff", 3)});

  EXPECT_THAT(Keys({.prefix = "a/"}), ElementsAre("a/1", "a/2", "a/3", "a/\xff"));
  EXPECT_THAT(Keys({.prefix = "a/", .start = "a/2"}), ElementsAre("a/2", "a/3", "a/\xff"));
  EXPECT_THAT(Keys({.prefix = "a/", .start = "a/2", .rows_max = 1}), ElementsAre("a/2"));
  EXPECT_THAT(Keys({.prefix = "a/", .rows_max = 0}), IsEmpty());
  EXPECT_THAT(Keys({.prefix = "a/", .start = "b"}), IsEmpty());
  EXPECT_THAT(Keys({.prefix = "a/", .start = "A"}), ElementsAre("a/1", "a/2", "a/3", "a/\xff"));
  EXPECT_THAT(Keys({.prefix = "b"}), ElementsAre("b/1"));
  EXPECT_THAT(Keys({}), ElementsAre("a", "a/1", "a/2", "a/3", "a/\xff", "b/1", "p", "v"));
}

TEST_P(ViewStoreContractTest, EndsAScanWhereTheCallbackSaysSo) {
  PutKeys({"a", "b", "c"});
  std::vector<std::string> values;

  ASSERT_TRUE(store_
                  ->Scan({},
                         [&](absl::string_view, absl::string_view value) {
                           values.emplace_back(value);
                           return values.size() < 2;
                         })
                  .ok());

  EXPECT_THAT(values, ElementsAre("value of a", "value of b"));
}

TEST_P(ViewStoreContractTest, ScansWhatWasThereWhenTheScanBegan) {
  PutKeys({"a", "b"});
  std::vector<std::string> keys;

  ASSERT_TRUE(store_
                  ->Scan({},
                         [&](absl::string_view key, absl::string_view) {
                           keys.emplace_back(key);
                           ViewBatch batch;
                           batch.Delete("b");
                           batch.Put("c", "late");
                           return keys.size() > 1 || store_->Apply(batch, "log", 1, 2).ok();
                         })
                  .ok());

  EXPECT_THAT(keys, ElementsAre("a", "b"));
  EXPECT_THAT(Keys({}), ElementsAre("a", "c"));
}

// Each source has one writer that moves its own row along with its position; readers must never see
// a row behind the position that they saw before.
TEST_P(ViewStoreContractTest, MovesRowsAndPositionsTogetherForConcurrentReaders) {
  constexpr uint64_t kBatches = 300;
  std::vector<std::thread> threads;
  for (const std::string source : {"x", "y"}) {
    threads.emplace_back([this, source] {
      for (uint64_t i = 0; i < kBatches; ++i) {
        ViewBatch batch;
        batch.Put(source, absl::StrCat(i + 1));
        EXPECT_TRUE(store_->Apply(batch, source, i, i + 1).ok());
      }
    });
    threads.emplace_back([this, source] {
      uint64_t position = 0;
      while (position < kBatches) {
        position = store_->Position(source).value();
        const auto row = store_->Get(source).value();
        EXPECT_GE(std::stoull(row.value_or("0")), position);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(store_->Get("x").value(), absl::StrCat(kBatches));
}

}  // namespace
}  // namespace sakip::views
