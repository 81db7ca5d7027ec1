// Threads that work long leave the processor to those that do not.
#ifndef SAKIP_COMMON_RPC_COME_LAST_H_
#define SAKIP_COMMON_RPC_COME_LAST_H_

namespace sakip::rpc {

// From now on this thread gives the processor to whatever else the process has to do: threads that
// answer cheap reads or refuse do not wait until it has used up its slice. Does what the kernel
// can: niceness on any Linux, and a short slice from 6.12 on, where who runs finishes its slice.
void ComeLast();

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_COME_LAST_H_
