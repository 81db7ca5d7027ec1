#include "common/quota/quota_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::quota {
namespace {

using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kOne[] = R"({"callers": {"callsInFlight": 1}})";
constexpr char kTwo[] = R"({"callers": {"callsInFlight": 2}})";
constexpr char kWrong[] = R"({"callers": {"callsInFlight": 0}})";

class QuotaFileTest : public ::testing::Test {
 protected:
  void Write(const std::string& text) const {
    const std::string unfinished = folder_.File("quotas.tmp");
    std::ofstream(unfinished) << text;
    std::filesystem::rename(unfinished, path_);
  }

  absl::StatusOr<std::unique_ptr<QuotaFile>> Open() {
    return QuotaFile::Open({.path = path_, .interval = absl::Milliseconds(1), .metrics = &metrics_},
                           quotas_);
  }

  // False where it does not come true.
  bool WaitFor(const std::string& line) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (metrics_.Text().find(line) == std::string::npos) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }

  static std::string LimitLine(int calls) {
    return "sakip_quota_limit{limit=\"calls_in_flight\",payer=\"caller\"} " +
           std::to_string(calls) + "\n";
  }

  const sakip::testing::TempDir folder_;
  const std::string path_ = folder_.File("quotas.json");
  rpc::PrometheusMetrics metrics_;
  Quotas quotas_{{.metrics = &metrics_}};
};

TEST_F(QuotaFileTest, IsReadAtTheStartAndWhenItChanges) {
  Write(kOne);
  const auto file = Open();
  ASSERT_THAT(file, IsOk());
  EXPECT_THAT(metrics_.Text(), HasSubstr(LimitLine(1)));

  Write(kTwo);

  EXPECT_TRUE(WaitFor(LimitLine(2)));
}

TEST_F(QuotaFileTest, ThatBecomesWrongOrGoesAwayChangesNothing) {
  Write(kOne);
  const auto file = Open();
  ASSERT_THAT(file, IsOk());

  Write(kWrong);
  EXPECT_TRUE(WaitFor("sakip_quota_file_refused 1\n"));
  EXPECT_THAT(metrics_.Text(), HasSubstr(LimitLine(1)));
  Write(kTwo);
  EXPECT_TRUE(WaitFor(LimitLine(2)));
  EXPECT_TRUE(WaitFor("sakip_quota_file_refused 0\n"));
  std::filesystem::remove(path_);
  EXPECT_TRUE(WaitFor("sakip_quota_file_refused 1\n"));
  EXPECT_THAT(metrics_.Text(), HasSubstr(LimitLine(2)));
}

TEST_F(QuotaFileTest, ThatIsWrongAtTheStartIsRefusedWithItsField) {
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kInvalidArgument));

  Write(kWrong);
  const auto file = Open();

  EXPECT_THAT(file, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(file.status().message()), HasSubstr("callers.calls_in_flight"));
}

}  // namespace
}  // namespace sakip::quota
