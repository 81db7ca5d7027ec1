#include "common/base/thread_priority.h"

// The kernel's own headers contradict <sched.h>, which most others bring.
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace sakip {
namespace {

constexpr int kLastNiceness = 5;
constexpr int kNicenessMax = 19;
// The least that the kernel takes. A turn that is longer begins later, and one that has begun is
// ended early only by who asks for a shorter one.
constexpr int kSoonNanoseconds = 100'000;
constexpr int kLastNanoseconds = 300'000;

// Of the calling thread. Where the kernel forbids it, or somebody chose a class for threads that
// must run at once, the thread stays as it is.
void AskFor(int turn_nanoseconds, int more_niceness) {
  sched_attr attributes = {};
  if (syscall(SYS_sched_getattr, 0, &attributes, sizeof(attributes), 0) != 0) return;
  if (attributes.sched_policy != SCHED_NORMAL) return;
  attributes.sched_nice = std::min(attributes.sched_nice + more_niceness, kNicenessMax);
  attributes.sched_runtime = static_cast<uint64_t>(turn_nanoseconds);
  syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace

void ComeSoon() { AskFor(kSoonNanoseconds, 0); }

void GiveWay() { syscall(SYS_sched_yield); }

void ComeLast() { AskFor(kLastNanoseconds, kLastNiceness); }

}  // namespace sakip
