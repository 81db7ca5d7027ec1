// LogServer serves a log to followers on a free port.
#ifndef SAKIP_TESTS_BENCH_LOG_SERVER_H_
#define SAKIP_TESTS_BENCH_LOG_SERVER_H_

#include <memory>
#include <string>
#include <utility>

#include "common/eventlog/event_log_service.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"

namespace sakip::bench {

// Thread-safe. Borrows the log.
class LogServer {
 public:
  explicit LogServer(eventlog::EventLog& log, int followers_max = 256) {
    rpc::GateOptions gate_options;
    gate_options.services = {eventlog::v1::EventLogService::service_full_name()};
    gate_options.streams_in_flight_max = followers_max;
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<eventlog::EventLogService>(*gate_, log);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
  }

  const std::string& address() const { return server_->address(); }

 private:
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<eventlog::EventLogService> service_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_LOG_SERVER_H_
