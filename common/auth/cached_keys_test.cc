#include "common/auth/cached_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "common/auth/test_issuer.h"
#include "common/base/durable_file.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using sakip::testing::TempDir;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Longest that a test waits for something that must happen.
constexpr std::chrono::seconds kPatience{20};

// What an issuer publishes, or does not. Thread-safe.
class Publication {
 public:
  explicit Publication(absl::StatusOr<std::string> jwks) : jwks_(std::move(jwks)) {}

  void Set(absl::StatusOr<std::string> jwks) {
    MutexLock lock(mutex_);
    jwks_ = std::move(jwks);
  }
  absl::StatusOr<std::string> Take() {
    MutexLock lock(mutex_);
    ++fetches_;
    fetched_.notify_all();
    return jwks_;
  }
  // False where it was not fetched that often in good time.
  bool AwaitFetches(int fetches) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    MutexLock lock(mutex_);
    while (fetches_ < fetches) {
      if (fetched_.wait_until(mutex_, until) == std::cv_status::timeout) return false;
    }
    return true;
  }
  int fetches() const {
    MutexLock lock(mutex_);
    return fetches_;
  }

 private:
  mutable Mutex mutex_;
  ConditionVariable fetched_;
  absl::StatusOr<std::string> jwks_ ABSL_GUARDED_BY(mutex_);
  int fetches_ ABSL_GUARDED_BY(mutex_) = 0;
};

class Reader final : public KeyFetcher {
 public:
  explicit Reader(Publication& publication) : publication_(publication) {}
  absl::StatusOr<std::string> Fetch() override { return publication_.Take(); }

 private:
  Publication& publication_;
};

class CachedKeysTest : public ::testing::Test {
 protected:
  CachedKeys Make(const CachedKeysOptions& options = {.refresh_every = absl::Hours(1)}) {
    return CachedKeys(std::make_unique<Reader>(publication_), options, clock_);
  }

  const absl::Status unreachable_ = absl::UnavailableError("for a test");
  FakeClock clock_;
  Publication publication_{Jwks({Algorithm::kEdDsa})};
};

TEST_F(CachedKeysTest, HasNoneBeforeTheyWereFetched) {
  CachedKeys keys = Make();
  EXPECT_THAT(keys.Keys()->keys(), IsEmpty());

  EXPECT_THAT(keys.Refresh(), IsOk());

  EXPECT_THAT(keys.Keys()->keys(), SizeIs(1));
}

TEST_F(CachedKeysTest, TakesWhatIsPublishedNow) {
  CachedKeys keys = Make();
  ASSERT_THAT(keys.Refresh(), IsOk());
  const std::shared_ptr<const KeySet> before = keys.Keys();

  EXPECT_THAT(keys.Refresh(), IsOk());
  EXPECT_EQ(keys.Keys(), before);  // Nothing changed.

  publication_.Set(Jwks({Algorithm::kEs256, Algorithm::kEdDsa}));
  EXPECT_THAT(keys.Refresh(), IsOk());
  EXPECT_THAT(keys.Keys()->keys(), SizeIs(2));

  publication_.Set(R"({"keys":[]})");  // An issuer that disowns all.
  EXPECT_THAT(keys.Refresh(), IsOk());
  EXPECT_THAT(keys.Keys()->keys(), IsEmpty());
}

TEST_F(CachedKeysTest, KeepsTheLastGoodCopyForADayAndNoLonger) {
  CachedKeys keys = Make();
  ASSERT_THAT(keys.Refresh(), IsOk());

  for (const absl::StatusOr<std::string>& bad :
       {absl::StatusOr<std::string>(unreachable_), absl::StatusOr<std::string>("{}"),
        absl::StatusOr<std::string>("")}) {
    publication_.Set(bad);
    EXPECT_FALSE(keys.Refresh().ok());
    EXPECT_THAT(keys.Keys()->keys(), SizeIs(1));
  }
  clock_.Advance(absl::Hours(24));
  EXPECT_FALSE(keys.Refresh().ok());
  EXPECT_THAT(keys.Keys()->keys(), SizeIs(1));

  clock_.Advance(absl::Nanoseconds(1));
  EXPECT_THAT(keys.Keys()->keys(), IsEmpty());
  EXPECT_FALSE(keys.Refresh().ok());
  EXPECT_THAT(keys.Keys()->keys(), IsEmpty());

  publication_.Set(Jwks({Algorithm::kEdDsa}));
  EXPECT_THAT(keys.Refresh(), IsOk());
  EXPECT_THAT(keys.Keys()->keys(), SizeIs(1));
}

TEST_F(CachedKeysTest, TellsWhenTheyWereFetchedLast) {
  rpc::PrometheusMetrics metrics;
  CachedKeys keys = Make({.metrics = &metrics});
  const auto fetched = [&] {
    const std::string text = metrics.Text();
    const std::string name = "\nsakip_token_keys_fetched_timestamp_seconds ";
    return std::stod(text.substr(text.find(name) + name.size()));
  };
  EXPECT_EQ(fetched(), 0);

  ASSERT_THAT(keys.Refresh(), IsOk());
  const double first = fetched();
  EXPECT_EQ(first, absl::ToDoubleSeconds(clock_.Now() - absl::UnixEpoch()));

  clock_.Advance(absl::Hours(1));
  publication_.Set(unreachable_);
  EXPECT_FALSE(keys.Refresh().ok());
  EXPECT_EQ(fetched(), first);

  publication_.Set(Jwks({Algorithm::kEdDsa}));  // The same again.
  EXPECT_THAT(keys.Refresh(), IsOk());
  EXPECT_EQ(fetched(), first + 3600);
}

TEST_F(CachedKeysTest, FetchesInTheBackground) {
  CachedKeys keys = Make({.refresh_every = absl::Milliseconds(1)});
  keys.Start();

  EXPECT_TRUE(publication_.AwaitFetches(5));
}

TEST_F(CachedKeysTest, FetchesForAnUnknownKeyOnceItMay) {
  CachedKeys keys = Make();
  keys.Start();

  for (int fetches = 1; fetches <= 3; ++fetches) {
    for (int i = 0; i < 100; ++i) keys.OnUnknownKey();
    ASSERT_TRUE(publication_.AwaitFetches(fetches));
    clock_.Advance(CachedKeysOptions().unknown_key_floor);
  }
  EXPECT_EQ(publication_.fetches(), 3);
}

TEST(AskFloor, LetsOneAskPassEvery30Seconds) {
  AskFloor floor(CachedKeysOptions().unknown_key_floor);
  const absl::Time begin = FakeClock().Now();

  EXPECT_TRUE(floor.Pass(begin));
  EXPECT_FALSE(floor.Pass(begin));
  EXPECT_FALSE(floor.Pass(begin + absl::Seconds(30) - absl::Nanoseconds(1)));
  EXPECT_TRUE(floor.Pass(begin + absl::Seconds(30)));
  EXPECT_FALSE(floor.Pass(begin + absl::Seconds(59)));
}

TEST(AskFloor, LetsAskPassWhoseClockWasSetBack) {
  AskFloor floor(absl::Seconds(30));
  const absl::Time begin = FakeClock().Now();
  EXPECT_TRUE(floor.Pass(begin));

  EXPECT_TRUE(floor.Pass(begin - absl::Hours(5)));
  EXPECT_FALSE(floor.Pass(begin - absl::Hours(5)));
}

// What `condition` says within the time that two readings of a file take.
template <typename Condition>
bool Await(Condition condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST(OpenKeySource, SeesThatAFileWasReplaced) {
  const TempDir folder;
  const std::string path = folder.File("jwks.json");
  ASSERT_THAT(ReplaceFile(path, Jwks({Algorithm::kEdDsa})), IsOk());
  const SystemClock clock;
  const auto keys = OpenKeySource(path, "", {}, clock).value();
  ASSERT_THAT(keys->Keys()->keys(), SizeIs(1));

  ASSERT_THAT(ReplaceFile(path, Jwks({Algorithm::kEdDsa, Algorithm::kEs256})), IsOk());

  EXPECT_TRUE(Await([&] { return keys->Keys()->keys().size() == 2; }));
}

TEST(OpenKeySource, IsNotWithoutAGoodFile) {
  const TempDir folder;
  const SystemClock clock;
  const auto unreadable = StatusIs(StatusCode::kFailedPrecondition, "JWKS_UNREADABLE");

  EXPECT_THAT(OpenKeySource(folder.File("none"), "", {}, clock), unreadable);
  std::ofstream(folder.File("bad")) << "{}";
  EXPECT_THAT(OpenKeySource(folder.File("bad"), "", {}, clock), unreadable);
}

TEST(OpenKeySource, WaitsForAnIssuerThatCannotBeReachedYet) {
  const SystemClock clock;

  // Nobody listens on port 1 of a test machine.
  const auto keys = OpenKeySource("http://127.0.0.1:1/jwks", "", {}, clock);

  ASSERT_THAT(keys, IsOk());
  EXPECT_THAT((*keys)->Keys()->keys(), IsEmpty());
}

}  // namespace
}  // namespace sakip::auth
