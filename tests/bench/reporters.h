// Reporters submit quarters to a realization service, each for agencies of its own whose plans are
// published; the service and planning run in this process, the log is on disk.
#ifndef SAKIP_TESTS_BENCH_REPORTERS_H_
#define SAKIP_TESTS_BENCH_REPORTERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/audit/audit_log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "common/testing/temp_dir.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "services/realization/rpc/realization_service.h"
#include "services/realization/store/folder_evidence_store.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/calls.h"

namespace sakip::bench {

enum class Trail { kAudited, kNone };

// As realizationd runs it, or without an audit trail. Thread-safe.
class RealizationServer {
 public:
  explicit RealizationServer(const std::string& planning_address, Trail trail = Trail::kAudited);

  const std::string& address() const { return server_->address(); }

 private:
  const SystemClock clock_;
  rpc::PrometheusMetrics metrics_;
  realization::SubmissionView view_;
  BenchLog log_;
  std::shared_ptr<grpc::Channel> planning_channel_;
  realization::PlanDirectory plans_;
  realization::PlanningClient planning_;
  sakip::testing::TempDir evidence_folder_;
  std::unique_ptr<realization::EvidenceStore> evidence_ =
      realization::FolderEvidenceStore::Open({.directory = evidence_folder_.path()}).value();
  realization::ReferenceCheck references_{plans_, *evidence_};
  BenchLog audit_log_;
  std::unique_ptr<audit::AuditLog> audit_;  // Null where there is none.
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<realization::RealizationService> service_;
  std::unique_ptr<rpc::Server> server_;
};

// Registers agencies and publishes their plans, for so many slots.
void PublishPlans(planning::PlanningServer& planning, size_t slots);

// Submissions of `lines` lines and about `bytes` bytes. A slot is used by one thread at a time.
class Reporters {
 public:
  // One a server: they know what was submitted.
  Reporters(const std::string& address, size_t slots, size_t lines, size_t bytes);

  // Submits the next quarter of `slot`, or corrects it where all were submitted.
  void Start(size_t slot, std::function<void()> done);

  // Submits once for every agency, so that the service knows all plans. Blocks.
  void WarmUp();

  size_t request_bytes() const { return slots_.front().request.ByteSizeLong(); }

 private:
  struct Slot {
    realization::v1::SubmitQuarterRequest request;
    uint64_t submitted = 0;
  };

  Stubs<realization::v1::RealizationService> stubs_;
  std::vector<Slot> slots_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_REPORTERS_H_
