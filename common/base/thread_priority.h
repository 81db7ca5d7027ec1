// Threads that work long leave the processor to those that do not: what answers cheap reads or
// refuses does not wait until a long work has used up its turn at the processor.
#ifndef SAKIP_COMMON_BASE_THREAD_PRIORITY_H_
#define SAKIP_COMMON_BASE_THREAD_PRIORITY_H_

namespace sakip {

// Of this thread and of all that it starts from now on: it gets the processor soon after it has
// something to do. Call it at the start of a process, before gRPC has threads. Helps from Linux
// 6.12 on, where whose turn it is depends on how short a turn a thread asks for; else does nothing.
void ComeSoon();

// Of this thread: it gives the processor to whatever else the process has to do, by its niceness.
void ComeLast();

// Between the parts of a long work: who waits for this processor goes first. Without this it waits
// for the kernel's next tick, which may be 4 ms away. Costs next to nothing where nobody waits.
void GiveWay();

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_THREAD_PRIORITY_H_
