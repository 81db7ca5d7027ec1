// What only the view store on disk promises: what it wipes at open and what it refuses.
#include "common/views/rocks_view_store.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <fstream>
#include <memory>

#include "common/base/error.h"
#include "common/testing/temp_dir.h"

namespace sakip::views {
namespace {

class RocksViewStoreTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<RocksViewStore>> Open(const std::string& version) {
    return RocksViewStore::Open({.directory = directory_.path(), .version = version});
  }

  void Fill() {
    const auto store = Open("test/1");
    ASSERT_TRUE(store.ok()) << store.status();
    ViewBatch batch;
    batch.Put("a", "1");
    ASSERT_TRUE((*store)->Apply(batch, "log", 0, 5).ok());
  }

  void ExpectWiped(const absl::StatusOr<std::unique_ptr<RocksViewStore>>& store) {
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ((*store)->Get("a").value(), std::nullopt);
    EXPECT_EQ((*store)->Position("log").value(), 0u);
    ViewBatch batch;
    batch.Put("a", "again");
    EXPECT_TRUE((*store)->Apply(batch, "log", 0, 1).ok());
  }

  sakip::testing::TempDir directory_;
};

TEST_F(RocksViewStoreTest, IsWipedWhenAnotherVersionOpensIt) {
  Fill();
  ExpectWiped(Open("test/2"));

  const auto kept = Open("test/2");
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ((*kept)->Get("a").value(), "again");
}

TEST_F(RocksViewStoreTest, IsRefusedAndNotWipedWhenItIsDamaged) {
  Fill();
  std::ofstream(directory_.path() + "/CURRENT") << "nothing of the kind\n";

  EXPECT_EQ(ErrorReason(Open("test/1").status()), "VIEW_DAMAGED");
  EXPECT_EQ(ErrorReason(Open("test/2").status()), "VIEW_DAMAGED");
}

TEST_F(RocksViewStoreTest, DoesNotWipeWhatIsNoView) {
  rocksdb::DB* opened = nullptr;
  rocksdb::Options options;
  options.create_if_missing = true;
  ASSERT_TRUE(rocksdb::DB::Open(options, directory_.path(), &opened).ok());
  std::unique_ptr<rocksdb::DB> db(opened);
  ASSERT_TRUE(db->Put({}, "f", "sakip-eventlog/1").ok());
  db = nullptr;

  EXPECT_EQ(ErrorReason(Open("test/1").status()), "VIEW_DIRECTORY_WRONG");

  ASSERT_TRUE(rocksdb::DB::Open(options, directory_.path(), &opened).ok());
  db.reset(opened);
  std::string value;
  EXPECT_TRUE(db->Get({}, "f", &value).ok());
}

TEST_F(RocksViewStoreTest, LetsOneOpenTheDirectoryAtATime) {
  const auto first = Open("test/1");
  ASSERT_TRUE(first.ok()) << first.status();

  EXPECT_EQ(ErrorReason(Open("test/1").status()), "VIEW_NOT_OPENED");
  EXPECT_EQ(ErrorReason(Open("test/2").status()), "VIEW_NOT_OPENED");
}

}  // namespace
}  // namespace sakip::views
