#include "common/base/log.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace sakip {
namespace {

std::atomic<LogLevel> log_level{LogLevel::kInfo};

const char* Name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

}  // namespace

void SetLogLevel(LogLevel level) { log_level = level; }

void Log(LogLevel level, absl::string_view event,
         std::initializer_list<std::pair<const char*, std::string>> fields) {
  if (level < log_level.load(std::memory_order_relaxed)) return;
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  line["level"] = Name(level);
  line["event"] = std::string(event);
  for (const auto& [key, value] : fields) line[key] = value;
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  // One call, so that lines of several threads never mix.
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void CheckFailed(const char* condition, const char* file, int line) {
  Log(LogLevel::kError, "check_failed",
      {{"condition", condition}, {"file", file}, {"line", std::to_string(line)}});
  std::abort();
}

}  // namespace sakip
