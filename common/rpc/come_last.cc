#include "common/rpc/come_last.h"

// The kernel's own headers contradict <sched.h>, which most others bring.
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace sakip::rpc {
namespace {

constexpr int kNiceness = 5;
constexpr int kSliceNanoseconds = 300'000;

}  // namespace

void ComeLast() {
  setpriority(PRIO_PROCESS, 0, kNiceness);  // Of this thread, on Linux.
  sched_attr attributes = {};
  attributes.size = sizeof(attributes);
  attributes.sched_policy = SCHED_NORMAL;
  attributes.sched_nice = kNiceness;
  attributes.sched_runtime = kSliceNanoseconds;
  syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace sakip::rpc
