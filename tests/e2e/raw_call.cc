// raw_call makes one unary call as no client of ours would: without a deadline, with any bytes, as
// anybody. For tests of what a server answers to it.
//
//   raw_call [--no_deadline] [--identity=TEXT] [--token_file=FILE] [--tls_ca=FILE ...]
//       [--repeat_seconds=N] ADDRESS SERVICE/METHOD < request.json
//
// Prints {"code": ..., "reason": ..., "facts": {...}, "fields": [...], "message": ...} for an error
// and {"code": "OK", "response": {...}} otherwise; ends with 0 for both, with 2 where the request
// cannot be made. With --repeat_seconds it makes one call after the other over one channel and
// prints {"calls": ..., "failed": ..., "last_failure": {...}}.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <chrono>
#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"
#include "sakip/eventlog/v1/log_admin_service.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "sakip/scoring/v1/scoring_service.pb.h"

ABSL_FLAG(bool, no_deadline, false,
          "Set no deadline; the call is given up after 20 s all the same.");
ABSL_FLAG(std::string, identity, "", "Value of the metadata sakip-dev-identity; empty: not sent.");
ABSL_FLAG(std::string, token_file, "", "File of a bearer token, read for each call; empty: none.");
ABSL_FLAG(std::string, tls_ca, "", "File of the authority of the server; empty: plain text.");
ABSL_FLAG(std::string, tls_certificate, "", "File of the certificate to show; empty: none.");
ABSL_FLAG(std::string, tls_key, "", "File of its key.");
ABSL_FLAG(int, repeat_seconds, 0, "Repeat the call for so long; 0: make it once.");

namespace {

namespace protobuf = google::protobuf;

constexpr std::chrono::seconds kPatience(20);

// Keeps the descriptors of the services in the program.
void LinkServices() {
  sakip::planning::v1::GetAgencyRequest::descriptor();
  sakip::realization::v1::GetSubmissionRequest::descriptor();
  sakip::scoring::v1::GetScorecardRequest::descriptor();
  sakip::eventlog::v1::GetHeadRequest::descriptor();
  sakip::eventlog::v1::ListBackupsRequest::descriptor();
}

std::unique_ptr<protobuf::Message> NewMessage(const protobuf::Descriptor* type) {
  auto* factory = protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<protobuf::Message>(factory->GetPrototype(type)->New());
}

grpc::ByteBuffer ToBuffer(const protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

nlohmann::json ErrorJson(const grpc::Status& status) {
  nlohmann::json json = {
      {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(status.error_code()))},
      {"message", status.error_message()},
      {"reason", ""},
      {"facts", nlohmann::json::object()},
      {"fields", nlohmann::json::array()}};
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const protobuf::Any& any : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    if (any.UnpackTo(&info)) {
      json["reason"] = info.reason();
      for (const auto& [key, value] : info.metadata()) json["facts"][key] = value;
    } else if (any.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        json["fields"].push_back(
            {{"field", violation.field()}, {"description", violation.description()}});
      }
    }
  }
  return json;
}

nlohmann::json ResponseJson(const grpc::ByteBuffer& buffer, protobuf::Message& response) {
  grpc::Slice slice;
  std::string text;
  if (!buffer.DumpToSingleSlice(&slice).ok() ||
      !response.ParseFromArray(slice.begin(), static_cast<int>(slice.size())) ||
      !protobuf::util::MessageToJsonString(response, &text).ok()) {
    return {{"code", "OK"}, {"response", nullptr}};
  }
  return {{"code", "OK"}, {"response", nlohmann::json::parse(text)}};
}

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<grpc::ChannelCredentials> MakeCredentials() {
  if (absl::GetFlag(FLAGS_tls_ca).empty()) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials({.pem_root_certs = FileText(absl::GetFlag(FLAGS_tls_ca)),
                               .pem_private_key = FileText(absl::GetFlag(FLAGS_tls_key)),
                               .pem_cert_chain = FileText(absl::GetFlag(FLAGS_tls_certificate))});
}

void AddIdentity(grpc::ClientContext& context) {
  const std::string identity = absl::GetFlag(FLAGS_identity);
  if (!identity.empty()) context.AddMetadata("sakip-dev-identity", identity);
  const std::string token_file = absl::GetFlag(FLAGS_token_file);
  if (token_file.empty()) return;
  std::string token = FileText(token_file);
  absl::StripAsciiWhitespace(&token);
  context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
}

nlohmann::json MakeCall(grpc::GenericStub& stub, const std::string& path,
                        const protobuf::Message& request, protobuf::Message& response) {
  grpc::ClientContext context;
  if (!absl::GetFlag(FLAGS_no_deadline)) {
    context.set_deadline(std::chrono::system_clock::now() + kPatience);
  }
  AddIdentity(context);

  const grpc::ByteBuffer sent = ToBuffer(request);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> ended;
  std::future<grpc::Status> end = ended.get_future();
  stub.UnaryCall(&context, absl::StrCat("/", path), {}, &sent, &received,
                 [&ended](const grpc::Status& status) { ended.set_value(status); });
  if (end.wait_for(kPatience) == std::future_status::timeout) context.TryCancel();
  const grpc::Status status = end.get();
  return status.ok() ? ResponseJson(received, response) : ErrorJson(status);
}

nlohmann::json MakeCalls(grpc::GenericStub& stub, const std::string& path,
                         const protobuf::Message& request, protobuf::Message& response) {
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(absl::GetFlag(FLAGS_repeat_seconds));
  nlohmann::json result = {{"calls", 0}, {"failed", 0}, {"last_failure", nullptr}};
  while (std::chrono::steady_clock::now() < end) {
    nlohmann::json answer = MakeCall(stub, path, request, response);
    result["calls"] = result["calls"].get<int>() + 1;
    if (answer["code"] == "OK") continue;
    result["failed"] = result["failed"].get<int>() + 1;
    result["last_failure"] = std::move(answer);
  }
  return result;
}

int Run(const std::vector<char*>& arguments) {
  if (arguments.size() != 3) {
    std::cerr << "raw_call: ADDRESS SERVICE/METHOD expected\n";
    return 2;
  }
  const std::string path = arguments[2];
  const protobuf::MethodDescriptor* method =
      protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrReplaceAll(path, {{"/", "."}}));
  if (method == nullptr) {
    std::cerr << "raw_call: no method " << path << "\n";
    return 2;
  }
  const std::string json{std::istreambuf_iterator<char>(std::cin), {}};
  const auto request = NewMessage(method->input_type());
  const auto parsed = protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) {
    std::cerr << "raw_call: " << parsed << "\n";
    return 2;
  }
  const auto response = NewMessage(method->output_type());
  grpc::GenericStub stub(grpc::CreateChannel(arguments[1], MakeCredentials()));
  const bool once = absl::GetFlag(FLAGS_repeat_seconds) == 0;
  std::cout << (once ? MakeCall : MakeCalls)(stub, path, *request, *response).dump() << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  LinkServices();
  return Run(absl::ParseCommandLine(argc, argv));
}
