#include "common/rpc/signals.h"

#include <pthread.h>

#include <string>

#include "common/base/log.h"

namespace sakip::rpc {

sigset_t BlockShutdownSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  SAKIP_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  return signals;
}

void ServeUntilSignal(Server& server, const sigset_t& signals) {
  int signal = 0;
  SAKIP_CHECK(sigwait(&signals, &signal) == 0);
  Log(LogLevel::kInfo, "signal", {{"number", std::to_string(signal)}});
  server.Drain();
}

}  // namespace sakip::rpc
