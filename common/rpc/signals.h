// Ends a server on SIGTERM or SIGINT without a signal handler: the signals are blocked in every
// thread and taken by one that waits for them.
#ifndef SAKIP_COMMON_RPC_SIGNALS_H_
#define SAKIP_COMMON_RPC_SIGNALS_H_

#include <csignal>

#include "common/rpc/server.h"

namespace sakip::rpc {

// Blocks SIGTERM and SIGINT and returns them. First thing in main: threads that exist already would
// still die of them.
sigset_t BlockShutdownSignals();

// Blocks until one of `signals` comes, then drains `server`.
void ServeUntilSignal(Server& server, const sigset_t& signals);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_SIGNALS_H_
