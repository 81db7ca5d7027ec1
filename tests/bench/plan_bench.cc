// What it takes to import the plans of a whole province, as its clients do: one call an agency,
// many at a time, to a planning service of its own. Then all revisions are listed by page, some
// documents are read, and the service is started anew.
//
//   plan_bench [--agencies=1600] [--sub_activities=100] [--in_flight=16] [--seed=1]
//
// One run, no peer: what it prints is for the note of the release, and holds for one machine.

#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/mutex.h"
#include "common/rpc/test_call.h"
#include "common/testing/temp_dir.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "tests/bench/calls.h"
#include "tests/bench/measure.h"
#include "tests/bench/options.h"
#include "tests/bench/province.h"
#include "tests/bench/service_process.h"

ABSL_FLAG(size_t, agencies, 1600, "How many agencies; a province has about as many.");
ABSL_FLAG(size_t, sub_activities, 100, "How many sub-activities each has.");
ABSL_FLAG(uint64_t, seed, 1, "Of the plans and of the documents that are read.");

namespace sakip::bench {
namespace {

using planning::v1::PlanningService;
using Stub = PlanningService::Stub;

constexpr int kYear = 2023;
constexpr size_t kInFlight = 16;
constexpr int kPageSize = 1000;
constexpr size_t kReads = 500;
constexpr double kMebibyte = 1024.0 * 1024.0;

double Mebibytes(size_t bytes) { return static_cast<double>(bytes) / kMebibyte; }

void PrintLatencies(const char* what, const char* unit, const Sample& sample) {
  std::printf("  %-28s %10.1f %s, p50 %.2f ms, p99 %.2f ms\n", what, sample.value, unit,
              sample.p50_us / 1e3, sample.p99_us / 1e3);
}

void PrintProcess(const ServiceProcess& process) {
  std::printf("  %-28s %10.1f MiB, at most %.1f MiB\n", "memory of planningd",
              Mebibytes(process.ResidentBytes()), Mebibytes(process.MostResidentBytes()));
}

// Imports a province and reads it. Not thread-safe.
class Import {
 public:
  Import(const Province& province, size_t in_flight, uint64_t seed)
      : province_(province), in_flight_(in_flight), seed_(seed) {}

  void Publish(const ServiceProcess& process) {
    Stubs<PlanningService> stubs(process.address(), in_flight_);
    const double cpu = process.CpuSeconds();
    const Stopwatch watch;
    std::vector<std::thread> clients;
    for (size_t client = 0; client < in_flight_; ++client) {
      clients.emplace_back([this, &stub = stubs.of(client)] { PublishAll(stub); });
    }
    for (std::thread& client : clients) client.join();
    const MutexLock lock(mutex_);
    const Sample sample = watch.Stop(latencies_us_);
    const double seconds = static_cast<double>(latencies_us_.size()) / sample.value;
    std::printf("  %-28s %10.1f s, %zu documents, %.1f MiB sent, %zu findings\n", "import", seconds,
                digests_.size(), Mebibytes(sent_bytes_), findings_);
    PrintLatencies("plans (an agency each)", "plans/s", sample);
    std::printf("  %-28s %10.1f s of planningd, %.1f s of the clients\n", "processor time",
                process.CpuSeconds() - cpu, sample.cpu * seconds);
    PrintProcess(process);
    std::printf("  %-28s %10.1f MiB, %.0f B a sub-activity\n", "on disk",
                Mebibytes(process.DiskBytes()),
                static_cast<double>(process.DiskBytes()) /
                    static_cast<double>(digests_.size() / Province::kDocuments) /
                    static_cast<double>(absl::GetFlag(FLAGS_sub_activities)));
  }

  // Every revision stands once in the list, in order, with the digest that its publisher was told.
  void List(const ServiceProcess& process) {
    const auto stub = PlanningService::NewStub(OwnConnection(process.address()));
    planning::v1::ListDocumentRevisionsRequest request;
    request.set_parent("regions/35");
    request.set_page_size(kPageSize);
    std::vector<float> latencies_us;
    std::string last;
    size_t listed = 0;
    const Stopwatch watch;
    do {
      const SteadyTime begin = Now();
      const auto page = MustBe(rpc::CallNow(*stub, &Stub::ListDocumentRevisions, request));
      latencies_us.push_back(static_cast<float>(MicrosecondsSince(begin)));
      const MutexLock lock(mutex_);
      for (const planning::v1::PlanDocument& document : page.documents()) {
        SAKIP_CHECK(last < document.name());
        last = document.name();
        SAKIP_CHECK(digests_.at(last) == document.content_digest());
        ++listed;
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    PrintLatencies(absl::StrCat("list, pages of ", kPageSize).c_str(), "pages/s",
                   watch.Stop(std::move(latencies_us)));
    const MutexLock lock(mutex_);
    SAKIP_CHECK(listed == digests_.size());
  }

  // Documents from anywhere are what was published.
  void Get(const ServiceProcess& process) {
    const auto stub = PlanningService::NewStub(OwnConnection(process.address()));
    std::mt19937_64 random(seed_);
    std::vector<float> latencies_us;
    const Stopwatch watch;
    for (size_t i = 0; i < kReads; ++i) {
      planning::v1::GetDocumentRequest request;
      request.set_name(absl::StrCat(province_.AgencyName(random() % province_.agencies()),
                                    "/annualPlans/", kYear));
      const SteadyTime begin = Now();
      const auto got = MustBe(rpc::CallNow(*stub, &Stub::GetDocument, request));
      latencies_us.push_back(static_cast<float>(MicrosecondsSince(begin)));
      const MutexLock lock(mutex_);
      SAKIP_CHECK(digests_.at(request.name()) == got.document().content_digest());
    }
    PrintLatencies("get, annual plans", "reads/s", watch.Stop(std::move(latencies_us)));
  }

 private:
  // Takes the next agency until there is none.
  void PublishAll(Stub& stub) {
    for (size_t agency = next_++; agency < province_.agencies(); agency = next_++) {
      const planning::v1::PublishPlanRequest request = province_.Plan(agency, kYear);
      const SteadyTime begin = Now();
      const auto published = MustBe(rpc::CallNow(stub, &Stub::PublishPlan, request));
      const auto latency_us = static_cast<float>(MicrosecondsSince(begin));
      const MutexLock lock(mutex_);
      latencies_us_.push_back(latency_us);
      sent_bytes_ += request.ByteSizeLong();
      for (const planning::v1::DocumentOutcome& outcome : published.documents()) {
        digests_[outcome.name()] = outcome.content_digest();
        findings_ += static_cast<size_t>(outcome.findings_size());
      }
    }
  }

  const Province& province_;
  const size_t in_flight_;
  const uint64_t seed_;
  std::atomic<size_t> next_{0};
  Mutex mutex_;
  std::vector<float> latencies_us_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> digests_ ABSL_GUARDED_BY(mutex_);  // By document.
  size_t sent_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t findings_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  const Province province(absl::GetFlag(FLAGS_seed),
                          options.Count(absl::GetFlag(FLAGS_agencies), 8),
                          absl::GetFlag(FLAGS_sub_activities));
  const size_t in_flight = options.in_flight.size() == 1 ? options.in_flight[0] : kInFlight;
  Import import(province, in_flight, absl::GetFlag(FLAGS_seed));
  std::printf("plans: %zu agencies with %zu sub-activities each, %zu in flight, seed %zu\n",
              province.agencies(), absl::GetFlag(FLAGS_sub_activities), in_flight,
              static_cast<size_t>(absl::GetFlag(FLAGS_seed)));
  const sakip::testing::TempDir folder;
  {
    const ServiceProcess process("planningd", folder.path());
    import.Publish(process);
    import.List(process);
    import.Get(process);
    PrintProcess(process);
  }
  const SteadyTime begin = Now();
  const ServiceProcess again("planningd", folder.path());
  std::printf("  %-28s %10.2f s until it serves\n", "start on these data",
              MicrosecondsSince(begin) / 1e6);
  import.List(again);
  PrintProcess(again);
  return 0;
}
