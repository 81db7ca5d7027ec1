// ReferenceCheck checks what a submission refers to and others keep: codes of the annual plan, and
// evidence in the agency's store.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_REFERENCE_CHECK_H_
#define SAKIP_SERVICES_REALIZATION_RPC_REFERENCE_CHECK_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "common/rpc/channel.h"
#include "services/realization/domain/submission.h"
#include "services/realization/rpc/plan_directory.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// Thread-safe. Never blocks. Borrows what it is given, which outlives it; outlives every answer.
class ReferenceCheck {
 public:
  using Done = std::function<void(const absl::Status&)>;

  ReferenceCheck(PlanDirectory& plans, EvidenceStore& evidence)
      : plans_(plans), evidence_(evidence) {}

  // Checks a submission that passed CheckSubmission. `done` is called exactly once, now or on
  // another thread, and must not block.
  //
  //   INVALID_ARGUMENT     INVALID_FIELD          under `submission.`; every wrong field is named.
  //   FAILED_PRECONDITION  PLAN_NOT_PUBLISHED     the agency has no annual plan for the year.
  //   UNAVAILABLE          PLANNING_UNAVAILABLE   the plan could not be read.
  //   UNAVAILABLE          EVIDENCE_STORE_FAILED  evidence could not be looked for.
  void Run(std::shared_ptr<const Submission> submission, const rpc::OutgoingCall& outgoing,
           Done done);

 private:
  void CheckEvidence(const std::shared_ptr<const Submission>& submission, Done done);

  PlanDirectory& plans_;
  EvidenceStore& evidence_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_REFERENCE_CHECK_H_
