#include "services/cli/commands/scorecard_state.h"

#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/base/period.h"
#include "common/message/timestamp.h"

namespace sakip::cli {
namespace {

constexpr char kAsOfHelp[] =
    "The state of a time, such as 2024-01-31T17:00:00+07:00, or before two positions, "
    "PLANNING:REALIZATION";

}  // namespace

void AddPeriodOptions(CLI::App& command, int& year, int& quarter) {
  command.add_option("--year", year, "The year")->required()->check(CLI::Range(kYearMin, kYearMax));
  command.add_option("--quarter", quarter, "The quarter, 1 to 4")
      ->required()
      ->check(CLI::Range(1, kQuarters));
}

void AddStateOptions(CLI::App& command, StateArguments& arguments) {
  AddPeriodOptions(command, arguments.year, arguments.quarter);
  command.add_option("--as-of", arguments.as_of, kAsOfHelp);
  command.add_flag("--verified", arguments.verified, "Count verified submissions only");
  command.add_flag("--no-fresh", arguments.no_fresh,
                   "Take what scoring has; do not wait for the newest records");
}

std::string PositionsText(const scoring::v1::LogPositions& positions) {
  return absl::StrCat(positions.planning(), ":", positions.realization());
}

absl::StatusOr<scoring::v1::LogPositions> ParsePositions(const std::string& text) {
  uint64_t planning = 0, realization = 0;
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  if (!absl::SimpleAtoi(parts.first, &planning) || !absl::SimpleAtoi(parts.second, &realization)) {
    return absl::InvalidArgumentError(
        absl::StrCat(text, ": is no two positions; write PLANNING:REALIZATION"));
  }
  scoring::v1::LogPositions positions;
  positions.set_planning(planning);
  positions.set_realization(realization);
  return positions;
}

absl::StatusOr<scoring::v1::AsOf> ParseAsOf(const std::string& text) {
  scoring::v1::AsOf as_of;
  if (const auto positions = ParsePositions(text); positions.ok()) {
    *as_of.mutable_positions() = *positions;
    return as_of;
  }
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--as-of ", text, ": is no time and no two positions; write ",
                     "2024-01-31T17:00:00+07:00 or PLANNING:REALIZATION"));
  }
  *as_of.mutable_time() = ToTimestamp(time);
  return as_of;
}

}  // namespace sakip::cli
