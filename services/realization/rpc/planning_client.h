// PlanningClient asks planning what the workflow needs: which agencies there are, and which plan
// was in force at the end of a quarter.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CLIENT_H_
#define SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CLIENT_H_

#include <grpcpp/channel.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/realization/domain/submission.h"
#include "services/realization/domain/submission_name.h"

namespace sakip::realization {

// The annual plan in force at the end of a quarter.
struct PlanInForce {
  uint32_t revision = 0;      // 0 where there was none.
  uint64_t end_position = 0;  // Records of planning's log among which it is the one in force.
  PlanCodes codes;
};

// Thread-safe. Never blocks: answers come on a thread of gRPC. Outlives every answer. What
// cannot be asked is UNAVAILABLE PLANNING_UNAVAILABLE.
class PlanningClient {
 public:
  template <typename Response>
  using Answer = std::function<void(absl::StatusOr<Response>)>;

  explicit PlanningClient(const std::shared_ptr<grpc::Channel>& planning)
      : planning_(planning::v1::PlanningService::NewStub(planning)),
        log_(eventlog::v1::EventLogService::NewStub(planning)) {}

  //   NOT_FOUND  AGENCY_NOT_FOUND  planning knows no such agency.
  void FindAgency(const std::string& agency, const rpc::OutgoingCall& outgoing,
                  Answer<planning::v1::Agency> answer);

  // A page of the agencies in and below a region, as planning lists them.
  void ListAgencies(const planning::v1::ListAgenciesRequest& request,
                    const rpc::OutgoingCall& outgoing,
                    Answer<planning::v1::ListAgenciesResponse> answer);

  //   NOT_FOUND  AGENCY_NOT_FOUND  planning knows no such agency.
  void ReadPlanInForce(const SubmissionName& quarter, const rpc::OutgoingCall& outgoing,
                       Answer<PlanInForce> answer);

 private:
  void ReadPlan(const SubmissionName& quarter, uint64_t end_position,
                const rpc::OutgoingCall& outgoing, Answer<PlanInForce> answer);

  const std::unique_ptr<planning::v1::PlanningService::Stub> planning_;
  const std::unique_ptr<eventlog::v1::EventLogService::Stub> log_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_PLANNING_CLIENT_H_
