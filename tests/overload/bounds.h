// Bounds counts the figures that depend on the machine. In a full form, which has a quiet one, they
// are held against what the goal asks; in a short form they stand in the line and decide nothing.
#ifndef SAKIP_TESTS_OVERLOAD_BOUNDS_H_
#define SAKIP_TESTS_OVERLOAD_BOUNDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/faults/report.h"

namespace sakip::overload {

// Thread-safe. Borrows the report, which outlives it.
class Bounds {
 public:
  Bounds(faults::Report& report, bool judged) : report_(report), judged_(judged) {}

  // More than `most` is a violation of `kind`.
  void AtMost(const std::string& kind, const std::string& figure, double value, double most) const {
    report_.Count(figure, static_cast<uint64_t>(value + 0.5));
    if (judged_ && value > most) {
      report_.Violation(kind, absl::StrCat(figure, ": ", value, ", at most ", most));
    }
  }

  // Less than `least` is a violation of `kind`.
  void AtLeast(const std::string& kind, const std::string& figure, double value,
               double least) const {
    report_.Count(figure, static_cast<uint64_t>(value + 0.5));
    if (judged_ && value < least) {
      report_.Violation(kind, absl::StrCat(figure, ": ", value, ", at least ", least));
    }
  }

 private:
  faults::Report& report_;
  const bool judged_;
};

}  // namespace sakip::overload

#endif  // SAKIP_TESTS_OVERLOAD_BOUNDS_H_
