// G26: a server answers a part of its calls with UNAVAILABLE, or all, and every client retries as
// its channel does (common/rpc/channel.h): --size calls each at several rates of failure.
//
//   amplified   more attempts reached the server than 1.1 times the calls that were made
//
// A channel keeps what it may retry by the name of its server and starts with something to spend,
// so each rate has a server of its own, and small sizes amplify more.
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "echo.grpc.pb.h"
#include "tests/faults/report.h"

namespace sakip::overload {
namespace {

constexpr uint64_t kShortCalls = 2'000;
constexpr int kThreads = 16;
constexpr double kAmplificationMax = 1.1;

// Fails so many of a hundred calls, spread evenly.
class FailingEcho final : public bench::v1::EchoService::CallbackService {
 public:
  explicit FailingEcho(uint64_t percent) : percent_(percent) {}

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const bench::v1::EchoRequest*, bench::v1::EchoResponse*) override {
    const uint64_t attempt = attempts_++;
    const bool fails = attempt * percent_ / 100 != (attempt + 1) * percent_ / 100;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(fails ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "fails")
                          : grpc::Status::OK);
    return reactor;
  }

  uint64_t attempts() const { return attempts_; }

 private:
  const uint64_t percent_;
  std::atomic<uint64_t> attempts_{0};
};

void CallAll(bench::v1::EchoService::Stub& stub, uint64_t calls) {
  std::atomic<uint64_t> next{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      while (next++ < calls) {
        grpc::ClientContext context;
        rpc::Prepare({.deadline = rpc::CallDeadline(absl::Minutes(1))}, context);
        bench::v1::EchoResponse response;
        stub.Echo(&context, {}, &response);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void Run(uint64_t percent, uint64_t calls, faults::Report& report) {
  FailingEcho service(percent);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const auto channel = rpc::MakeChannel({.target = absl::StrCat("127.0.0.1:", port),
                                         .retryable_methods = {"sakip.bench.v1.EchoService/Echo"}});
  CallAll(*bench::v1::EchoService::NewStub(*channel), calls);
  server->Shutdown();
  const std::string name = absl::StrCat("attempts_where_", percent, "_percent_fail");
  report.Count(name, service.attempts());
  const double amplification = static_cast<double>(service.attempts()) / static_cast<double>(calls);
  if (amplification > kAmplificationMax) {
    report.Violation("amplified", absl::StrCat(name, ": ", amplification));
  }
}

}  // namespace
}  // namespace sakip::overload

int main(int argc, char** argv) {
  using namespace sakip;
  const faults::Arguments arguments = faults::ParseArguments(argc, argv, overload::kShortCalls);
  faults::Report report("G26", arguments, {"amplified"});
  for (const uint64_t percent : {5, 20, 50, 100}) {
    overload::Run(percent, arguments.size, report);
  }
  return report.Finish();
}
