// AuditedServer is the server of the tests of common/rpc with an audit trail in memory, and the
// service that serves the trail.
#ifndef SAKIP_COMMON_AUDIT_TESTING_AUDITED_SERVER_H_
#define SAKIP_COMMON_AUDIT_TESTING_AUDITED_SERVER_H_

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/audit/audit_log.h"
#include "common/audit/audit_service.h"
#include "common/audit/testing/switched_log.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"
#include "common/rpc/identity.h"
#include "common/rpc/test_server.h"

namespace sakip::audit {

inline constexpr char kOther[] = "regions/35.09/agencies/dinkes";

inline rpc::OutgoingCall As(const std::string& subject, rpc::Role role, const std::string& scope) {
  rpc::OutgoingCall call = rpc::TestServer::WithDeadline();
  call.dev_identity = rpc::FormatDevIdentity(subject, {role}, {scope});
  return call;
}

// Not thread-safe but for what a test does at once on purpose.
class AuditedServer {
 public:
  explicit AuditedServer(AuditLogOptions options = {}) {
    options.writer.actor = "test";
    options.writer.retry = std::chrono::milliseconds(1);
    options.policy_digest = "a digest of 32 bytes, or so many";
    trail = std::make_unique<AuditLog>(log, std::move(options));
    rpc::GateOptions gate_options;
    gate_options.services = {rpctest::v1::TestService::service_full_name(),
                             v1::AuditService::service_full_name()};
    gate_options.audit = trail.get();
    gate = rpc::Gate::Create(std::move(gate_options)).value();
    tests = std::make_unique<rpc::TestServiceImpl>(*gate);
    service = std::make_unique<AuditService>(*gate, log, nullptr);
    rpc::ServerOptions server_options;
    server_options.services = {tests.get(), service.get()};
    server = rpc::Server::Start(std::move(server_options), *gate).value();
    channel = rpc::MakeChannel({.target = server->address()}).value();
    stub = rpctest::v1::TestService::NewStub(channel);
    audit = v1::AuditService::NewStub(channel);
  }

  absl::Status Get(const std::string& name, const rpc::OutgoingCall& call) {
    rpctest::v1::GetRequest request;
    request.set_name(name);
    request.set_padding("canary-in-the-payload");
    grpc::ClientContext context;
    rpc::Prepare(call, context);
    rpctest::v1::GetResponse response;
    return rpc::FromGrpcStatus(stub->Get(&context, request, &response));
  }

  absl::Status Put(const std::string& name, const rpc::OutgoingCall& call) {
    rpctest::v1::PutRequest request;
    request.mutable_thing()->set_name(name);
    request.set_request_id("r1");
    grpc::ClientContext context;
    rpc::Prepare(call, context);
    rpctest::v1::PutResponse response;
    return rpc::FromGrpcStatus(stub->Put(&context, request, &response));
  }

  absl::Status Copy(const rpc::OutgoingCall& call) {
    grpc::ClientContext context;
    rpc::Prepare(call, context);
    rpctest::v1::CopyResponse response;
    return rpc::FromGrpcStatus(stub->Copy(&context, rpctest::v1::CopyRequest(), &response));
  }

  // Ends the server, and the trail with all that it still has to write. Calls are over.
  void End() {
    server.reset();
    service.reset();
    tests.reset();
    gate.reset();
    trail.reset();
  }

  // What is in the trail now.
  std::vector<v1::AuditEntry> Entries() const {
    std::vector<v1::AuditEntry> entries;
    for (uint64_t position = 0; position < log.end_position(); ++position) {
      entries.push_back(eventlog::ReadEvent<v1::AuditEntry>(log, position).value());
    }
    return entries;
  }

  // Waits until the trail has so many entries, which come a moment after the answers.
  std::vector<v1::AuditEntry> WaitForEntries(size_t count) const {
    const auto give_up = std::chrono::steady_clock::now() + rpc::kPatience;
    while (log.end_position() < count && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::yield();
    }
    return Entries();
  }

  SwitchedLog log;
  std::unique_ptr<AuditLog> trail;
  std::unique_ptr<rpc::Gate> gate;
  std::unique_ptr<rpc::TestServiceImpl> tests;
  std::unique_ptr<AuditService> service;
  std::unique_ptr<rpc::Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<rpctest::v1::TestService::Stub> stub;
  std::unique_ptr<v1::AuditService::Stub> audit;
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_TESTING_AUDITED_SERVER_H_
