#include "common/base/limited_lines.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace sakip {
namespace {

class LimitedLinesTest : public ::testing::Test {
 protected:
  // Number of `times` that fail alike and get a line.
  int Take(const std::string& what, int times) {
    int lines = 0;
    for (int i = 0; i < times; ++i) {
      if (lines_->Take({what, absl::StatusCode::kDataLoss, "RECORD_DAMAGED"}, now_)) ++lines;
    }
    return lines;
  }

  static std::string LoggedBy(const std::function<void()>& act) {
    ::testing::internal::CaptureStderr();
    act();
    return ::testing::internal::GetCapturedStderr();
  }

  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
  std::optional<LimitedLines> lines_{std::in_place, LogLevel::kError, "log_unreadable",
                                     "directory"};
};

TEST_F(LimitedLinesTest, TenASecondOfAKindHaveALine) {
  EXPECT_EQ(Take("a", 1000), 10);
  EXPECT_EQ(Take("b", 3), 3);
  now_ += absl::Milliseconds(999);
  EXPECT_EQ(Take("a", 1), 0);
  now_ += absl::Milliseconds(1);
  EXPECT_EQ(Take("a", 11), 10);
}

TEST_F(LimitedLinesTest, SaysHowManyHadNone) {
  Take("a", 1000);
  EXPECT_EQ(LoggedBy([this] { lines_->TellLeftOut(now_); }), "");

  const std::string logged = LoggedBy([this] { lines_->TellLeftOut(now_ + absl::Seconds(1)); });

  const auto line = nlohmann::json::parse(logged);
  EXPECT_EQ(line["event"], "log_unreadable_lines_left_out");
  EXPECT_EQ(line["level"], "error");
  EXPECT_EQ(line["directory"], "a");
  EXPECT_EQ(line["code"], "DATA_LOSS");
  EXPECT_EQ(line["reason"], "RECORD_DAMAGED");
  EXPECT_EQ(line["lines"], "990");
  EXPECT_EQ(LoggedBy([this] { lines_.reset(); }), "");
}

TEST_F(LimitedLinesTest, TheNextFailureSaysHowManyHadNone) {
  Take("a", 12);
  now_ += absl::Seconds(1);

  const std::string logged = LoggedBy([this] { Take("b", 1); });

  EXPECT_EQ(nlohmann::json::parse(logged)["lines"], "2");
}

TEST_F(LimitedLinesTest, TheEndSaysHowManyHadNone) {
  Take("a", 12);

  const std::string logged = LoggedBy([this] { lines_.reset(); });

  EXPECT_EQ(nlohmann::json::parse(logged)["lines"], "2");
}

}  // namespace
}  // namespace sakip
