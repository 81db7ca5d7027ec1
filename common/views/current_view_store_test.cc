#include "common/views/current_view_store.h"

#include <gtest/gtest.h>

#include "common/views/memory_view_store.h"

namespace sakip::views {
namespace {

std::shared_ptr<ViewStore> StoreWith(const std::string& value, uint64_t position) {
  auto store = std::make_shared<MemoryViewStore>();
  ViewBatch batch;
  batch.Put("key", value);
  batch.Put("key2", value);
  EXPECT_TRUE(store->Apply(batch, "log", 0, position).ok());
  return store;
}

TEST(CurrentViewStore, IsTheStoreThatWasSetLast) {
  CurrentViewStore current;
  current.Set(StoreWith("old", 1));
  current.Set(StoreWith("new", 2));

  EXPECT_EQ(current.Get("key").value(), "new");
  EXPECT_EQ(current.Position("log").value(), 2u);
  EXPECT_TRUE(current.Apply({}, "log", 2, 3).ok());
  EXPECT_EQ(current.Position("log").value(), 3u);
}

TEST(CurrentViewStore, AScanThatBeganEndsInTheStoreBefore) {
  CurrentViewStore current;
  std::shared_ptr<ViewStore> old = StoreWith("old", 1);
  const std::weak_ptr<ViewStore> watched = old;
  current.Set(std::move(old));

  std::vector<std::string> values;
  ASSERT_TRUE(current
                  .Scan({""},
                        [&](absl::string_view, absl::string_view value) {
                          values.emplace_back(value);
                          current.Set(StoreWith("new", 2));
                          EXPECT_FALSE(watched.expired());
                          return true;
                        })
                  .ok());

  EXPECT_EQ(values, (std::vector<std::string>{"old", "old"}));
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace sakip::views
