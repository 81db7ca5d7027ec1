// What a caller sends to be published: its own words, and what is wrong with them. Pure.
#ifndef SAKIP_SERVICES_PLANNING_RPC_SENT_PLAN_H_
#define SAKIP_SERVICES_PLANNING_RPC_SENT_PLAN_H_

#include <string>

#include "absl/status/status.h"
#include "common/base/error.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::planning {

// Without what the server sets: the caller's words, which tell one request from another.
v1::PlanDocument AsSent(const v1::PlanDocument& document);

// SHA-256 of the content, hexadecimal.
std::string ContentDigest(const v1::PlanDocument& document);

// Everything that is wrong with a document whatever else is stored; paths begin with `path`.
void CheckPublishable(const v1::PlanDocument& document, const std::string& path,
                      FieldErrors& errors);

// The same of an agency; paths begin with `agency`.
void CheckPublishable(const v1::Agency& agency, FieldErrors& errors);

// Everything that is wrong with a plan whatever else is stored. A status with a field for each.
absl::Status CheckPlan(const v1::PublishPlanRequest& request);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_SENT_PLAN_H_
