// Keeps a number of operations in flight for a while: the next of a slot starts when its last has
// ended, so that a slow system is asked less, never more. The functions block; what they call must
// not throw.
#ifndef SAKIP_TESTS_BENCH_LOAD_H_
#define SAKIP_TESTS_BENCH_LOAD_H_

#include <chrono>
#include <cstddef>
#include <functional>

#include "tests/bench/measure.h"

namespace sakip::bench {

struct Load {
  size_t in_flight = 1;  // Number of slots.
  std::chrono::duration<double> time{1};
};

// Starts an operation, on the caller's thread; `done` is called once, from any thread, and must not
// be called before the operation has ended.
using StartOperation = std::function<void(size_t slot, std::function<void()> done)>;

// For what answers by a callback: one thread starts all.
Sample RunAsync(const Load& load, const StartOperation& start);

// Runs an operation on the slot's own thread.
using BlockingOperation = std::function<void(size_t slot)>;

// For what blocks: a thread a slot.
Sample RunThreads(const Load& load, const BlockingOperation& run);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_LOAD_H_
