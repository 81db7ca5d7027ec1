// Turns quarters and their steps into messages of sakip.realization.v1. Pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_QUARTER_TO_PROTO_H_
#define SAKIP_SERVICES_REALIZATION_RPC_QUARTER_TO_PROTO_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "common/rpc/call.h"
#include "common/rpc/method_table.h"
#include "sakip/realization/v1/quarter.pb.h"
#include "services/realization/domain/quarter.h"

namespace sakip::realization {

v1::Step ToProto(Step step);

// Without history, next steps and what the close recorded.
v1::Quarter ToProto(const std::string& name, const Quarter& quarter);

// Without the reasons of a return.
v1::StepTaken ToProto(const QuarterEvent& event);

// Adds the steps that `state` allows, each with the permission that its method declares in
// `methods` and whether the caller has it on the tenant of the call.
void AddNextSteps(const rpc::MethodTable& methods, const rpc::Call& call, State state,
                  google::protobuf::RepeatedPtrField<v1::NextStep>& next_steps);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_QUARTER_TO_PROTO_H_
