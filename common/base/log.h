// Log writes one JSON object a line to standard error.
#ifndef SAKIP_COMMON_BASE_LOG_H_
#define SAKIP_COMMON_BASE_LOG_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace sakip {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Lines below this level are dropped. Default kInfo. Set before threads start.
void SetLogLevel(LogLevel level);

// Writes {"time":...,"level":...,"event":`event`, fields...} as one line. `event` is a short stable
// name such as `rpc` or `log_stopped`. Thread-safe; lines never mix.
void Log(LogLevel level, absl::string_view event,
         std::initializer_list<std::pair<const char*, std::string>> fields);

}  // namespace sakip

// Ends the process where a promise of our own code does not hold; on in release builds too.
#define SAKIP_CHECK(condition)                                              \
  do {                                                                      \
    if (!(condition)) ::sakip::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)

namespace sakip {
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);
}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_LOG_H_
