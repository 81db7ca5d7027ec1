// PlanDirectory knows which codes the annual plan of an agency and year has, in any revision: it
// asks planning and remembers.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_PLAN_DIRECTORY_H_
#define SAKIP_SERVICES_REALIZATION_RPC_PLAN_DIRECTORY_H_

#include <grpcpp/channel.h>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/base/mutex.h"
#include "common/rpc/channel.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/realization/domain/submission.h"

namespace sakip::realization {

// The codes of every revision up to the last that was read.
struct KnownPlan {
  uint32_t revision = 0;
  PlanCodes codes;
};

// Adds the codes of a revision.
void AddCodes(const planning::v1::AnnualPlan& plan, PlanCodes& codes);

// Thread-safe. Never blocks: answers come on a thread of gRPC. Outlives every answer.
class PlanDirectory {
 public:
  using Answer = std::function<void(absl::StatusOr<std::shared_ptr<const KnownPlan>>)>;

  explicit PlanDirectory(std::shared_ptr<grpc::Channel> planning)
      : planning_(planning::v1::PlanningService::NewStub(std::move(planning))) {}

  // What is remembered of a plan (`{agency}/annualPlans/2023`); nullptr where nothing is. Codes are
  // only ever added, so what is known stays right, and what is not known may have come since.
  std::shared_ptr<const KnownPlan> Remembered(const std::string& plan) const;

  // Reads the revisions that are not remembered and answers with all.
  //
  //   FAILED_PRECONDITION  PLAN_NOT_PUBLISHED    planning has no such plan.
  //   UNAVAILABLE          PLANNING_UNAVAILABLE  planning could not be asked.
  void Refresh(const std::string& plan, const rpc::OutgoingCall& outgoing, Answer answer);

 private:
  void Remember(const std::string& plan, std::shared_ptr<const KnownPlan> known);

  // More plans than these are forgotten, the one refreshed longest ago first.
  static constexpr size_t kPlansMax = 10000;

  const std::unique_ptr<planning::v1::PlanningService::Stub> planning_;
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<const KnownPlan>> plans_ ABSL_GUARDED_BY(mutex_);
  std::list<std::string> oldest_first_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_PLAN_DIRECTORY_H_
