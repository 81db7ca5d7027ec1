#include "common/rpc/server.h"

#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/address.h"
#include "common/rpc/server_builder.h"

namespace sakip::rpc {
namespace {

absl::Status CheckAddress(const ServerOptions& options, const Gate& gate) {
  if (IsLoopback(options.listen_address)) return absl::OkStatus();
  if (gate.authenticator().loopback_only()) return DevIdentityOffLoopback(options.listen_address);
  if (options.credentials != nullptr) return absl::OkStatus();
  if (!options.plain_text_off_loopback) {
    return absl::FailedPreconditionError(
        absl::StrCat("listen address ", options.listen_address,
                     " is not on loopback, and there is no TLS to serve it with"));
  }
  Log(LogLevel::kWarning, "insecure_plain_text",
      {{"address", options.listen_address},
       {"meaning", "whoever is on the way reads and changes all that is sent, and takes tokens"}});
  return absl::OkStatus();
}

// Whoever waits for the file reads a whole address, so it appears by rename.
absl::Status WriteAtomically(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".tmp";
  std::ofstream file(unfinished, std::ios::trunc);
  file << text << "\n";
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(unfinished, path, error);
  if (!file || error) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

std::string RealAddress(const std::string& listen_address, int port) {
  if (absl::StartsWith(listen_address, "unix:")) return listen_address;
  return absl::StrCat(listen_address.substr(0, listen_address.rfind(':')), ":", port);
}

}  // namespace

absl::Status DevIdentityOffLoopback(absl::string_view address) {
  return absl::FailedPreconditionError(
      absl::StrCat("development identity is for loopback only, and listen address ", address,
                   " is not; use 127.0.0.1:PORT"));
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options, Gate& gate) {
  RETURN_IF_ERROR(CheckAddress(options, gate));
  if (options.services.empty()) return absl::InvalidArgumentError("there is nothing to serve");
  if (!options.metrics_address.empty() && options.metrics == nullptr) {
    return absl::InvalidArgumentError("metrics_address is given without metrics");
  }
  // A request of a size that its method takes must get as far as the gate, which names the limit.
  constexpr size_t kSlackBytes = 64 << 10;
  for (const Method& method : gate.methods().methods()) {
    options.receive_bytes_max = std::max(options.receive_bytes_max,
                                         static_cast<int>(method.request_bytes_max + kSlackBytes));
  }
  std::unique_ptr<Server> server(new Server(std::move(options), gate));
  RETURN_IF_ERROR(server->Listen());
  RETURN_IF_ERROR(server->Announce());
  return server;
}

absl::Status Server::Listen() {
  // An address left by a process that was killed would be taken for ours.
  std::error_code ignored;
  if (!options_.address_file.empty()) std::filesystem::remove(options_.address_file, ignored);
  if (!options_.metrics_address.empty()) {
    ASSIGN_OR_RETURN(metrics_endpoint_,
                     MetricsEndpoint::Start(options_.metrics_address, *options_.metrics));
  }
  for (const grpc::Service* service : options_.services) {
    if (!service->has_synchronous_methods()) continue;
    return absl::FailedPreconditionError("a service leaves methods out of its RawService");
  }
  int port = 0;
  std::vector<std::string> registered;
  server_ = BuildServer(options_, port, registered);
  if (server_ == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options_.listen_address, "; is the port taken?"));
  }
  address_ = RealAddress(options_.listen_address, port);
  return CheckServices(registered);
}

absl::Status Server::CheckServices(const std::vector<std::string>& registered) const {
  for (const std::string& name : registered) {
    // Health and reflection are gRPC's own and touch no tenant's data.
    if (absl::StartsWith(name, "grpc.") || gate_.methods().HasService(name)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("service ", name, " is served, but not among the services of the gate"));
  }
  return absl::OkStatus();
}

absl::Status Server::Announce() {
  SetHealth(options_.serving);
  if (!options_.address_file.empty()) {
    RETURN_IF_ERROR(WriteAtomically(options_.address_file, address_));
  }
  Log(LogLevel::kInfo, "listening",
      {{"address", address_},
       {"tls", options_.credentials == nullptr ? "false" : "true"},
       {"metrics_address", metrics_address()},
       {"reflection", options_.reflection ? "true" : "false"}});
  return absl::OkStatus();
}

void Server::SetServing() {
  // A drain does not begin in between.
  MutexLock lock(health_mutex_);
  if (drained_) return;
  SetHealth(true);
  Log(LogLevel::kInfo, "serving", {{"address", address_}});
}

void Server::SetHealth(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  for (const Method& method : gate_.methods().methods()) {
    health->SetServingStatus(method.service, serving);
  }
  health->SetServingStatus("", serving);
}

Server::~Server() { Drain(); }

std::string Server::metrics_address() const {
  return metrics_endpoint_ == nullptr ? "" : metrics_endpoint_->address();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void Server::Drain() {
  {
    MutexLock lock(health_mutex_);
    if (server_ == nullptr || drained_.exchange(true)) return;
  }
  Log(LogLevel::kInfo, "draining", {{"address", address_}});
  server_->GetHealthCheckService()->SetServingStatus(false);
  absl::SleepFor(options_.drain.lame_duck);
  gate_.Drain();
  server_->GetHealthCheckService()->Shutdown();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain.grace));
  server_->Wait();
  if (!options_.address_file.empty()) {
    std::error_code ignored;
    std::filesystem::remove(options_.address_file, ignored);
  }
  Log(LogLevel::kInfo, "drained", {{"address", address_}});
}

}  // namespace sakip::rpc
