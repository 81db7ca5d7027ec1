// Positions tell how much of each followed log is meant. A value.
#ifndef SAKIP_SERVICES_SCORING_STORE_POSITIONS_H_
#define SAKIP_SERVICES_SCORING_STORE_POSITIONS_H_

#include <cstdint>

namespace sakip::scoring {

// The logs that scoring follows.
enum class Source { kPlanning, kRealization };

// Numbers of records of each log.
struct Positions {
  uint64_t planning = 0;
  uint64_t realization = 0;

  bool Reach(const Positions& other) const {
    return planning >= other.planning && realization >= other.realization;
  }

  bool operator==(const Positions& other) const = default;
};

// How many records of each log there are to `end` from `read`.
inline Positions Lag(const Positions& read, const Positions& end) {
  const auto behind = [](uint64_t from, uint64_t to) { return to > from ? to - from : 0; };
  return {behind(read.planning, end.planning), behind(read.realization, end.realization)};
}

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_POSITIONS_H_
