// limit_driver calls every RPC of the suite at its limits and beyond them (G22).
//
//   limit_driver ADDRESS...
//
// Each RPC is called at the addresses that offer it, and must be offered at one. Prints what was
// answered otherwise than it is declared, and one line of JSON; ends with 1 where there was any.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/calls/every_method.h"
#include "tests/limits/limit_cases.h"

namespace sakip::limits {
namespace {

constexpr int kReceiveBytesMax = 64 << 20;

// What an answer says beside its code.
struct Told {
  std::string reason;
  std::vector<google::rpc::BadRequest::FieldViolation> violations;
};

Told Read(const grpc::Status& status) {
  Told told;
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const auto& any : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    if (any.UnpackTo(&info)) told.reason = info.reason();
    if (!any.UnpackTo(&bad_request)) continue;
    for (const auto& violation : bad_request.field_violations()) {
      told.violations.push_back(violation);
    }
  }
  return told;
}

bool Is(const Refusal& refusal, const grpc::Status& status) {
  const Told told = Read(status);
  if (status.error_code() != refusal.code || told.reason != refusal.reason) return false;
  if (refusal.field.empty()) return true;
  for (const auto& violation : told.violations) {
    if (violation.field() != refusal.field) continue;
    if (refusal.description.empty() || violation.description() == refusal.description) return true;
  }
  return false;
}

bool IsFault(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::INTERNAL ||
         status.error_code() == grpc::StatusCode::UNKNOWN ||
         status.error_code() == grpc::StatusCode::UNAVAILABLE;
}

class Driver {
 public:
  // Calls the method at its limits; false where the address does not offer it.
  bool TryAt(const std::string& address, const rpc::Method& method) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kReceiveBytesMax);
    arguments.SetMaxSendMessageSize(kReceiveBytesMax);
    calls::RawCaller caller(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
    for (const LimitCase& limit : LimitCasesOf(method)) {
      const grpc::Status status = caller.Make(limit.call).status;
      // A method that is offered gives a reason, or is refused before it is reached.
      if (limit.name == "request bytes" && status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          Read(status).reason.empty()) {
        return false;
      }
      ++calls_;
      if (Is(limit.refusal, status) == limit.refused && !IsFault(status)) continue;
      ++different_;
      std::cout << method.path << ": " << limit.name << ": " << status.error_code() << " "
                << Read(status).reason << " " << status.error_message() << "\n";
    }
    return true;
  }

  int Run(const std::vector<std::string>& addresses) {
    int methods = 0;
    for (const rpc::Method& method : calls::EveryMethod().methods()) {
      bool offered = false;
      for (const std::string& address : addresses) offered |= TryAt(address, method);
      ++methods;
      if (offered) continue;
      ++different_;
      std::cout << method.path << ": is offered at no address\n";
    }
    const nlohmann::json line = {
        {"goal", "G22"}, {"methods", methods}, {"calls", calls_}, {"different", different_}};
    std::cout << line.dump() << "\n";
    return different_ == 0 && calls_ > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  }

 private:
  int calls_ = 0;
  int different_ = 0;
};

}  // namespace
}  // namespace sakip::limits

int main(int argc, char** argv) {
  return sakip::limits::Driver().Run(std::vector<std::string>(argv + 1, argv + argc));
}
