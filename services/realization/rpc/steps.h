// Steps is what all steps of the workflow share: how one becomes an event, and what its caller is
// answered.
#ifndef SAKIP_SERVICES_REALIZATION_RPC_STEPS_H_
#define SAKIP_SERVICES_REALIZATION_RPC_STEPS_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/rpc/call.h"
#include "common/rpc/method_table.h"
#include "common/rpc/unary.h"
#include "sakip/realization/v1/quarter.pb.h"
#include "services/realization/rpc/quarter_to_proto.h"
#include "services/realization/store/submission_view.h"

namespace sakip::realization {

using CallPtr = std::shared_ptr<const rpc::Call>;

// Tells a repeated request from another one, 32 bytes: also from one of another method whose fields
// are the same, such as the verification and the approval of one content.
std::string StepDigest(const google::protobuf::Message& request);

// Thread-safe. Borrows all it is given, which outlives it and every answer.
class Steps {
 public:
  // Decides on a quarter as it stands. Called again after a lost race.
  using Decide = std::function<absl::StatusOr<eventlog::NewEvent>(const Quarter&)>;

  Steps(const rpc::MethodTable& methods, eventlog::EventLog& log, const SubmissionView& view)
      : methods_(methods), log_(log), view_(view) {}

  // The command of a step on the quarter of that name, a submission's name.
  eventlog::Command MakeCommand(const rpc::Call& call, const std::string& name,
                                const std::string& request_id, std::string request_digest,
                                Decide decide) const;

  // Takes the step that `request` asks for and answers. A repeat gets the first answer.
  template <typename Request, typename Response>
  void Take(const CallPtr& call, const Request& request, Decide decide,
            rpc::Done<Response> done) const {
    Take(call, request.name(),
         MakeCommand(*call, request.name(), request.request_id(), StepDigest(request),
                     std::move(decide)),
         std::move(done));
  }

  template <typename Response>
  void Take(const CallPtr& call, const std::string& name, eventlog::Command command,
            rpc::Done<Response> done) const {
    eventlog::Execute(log_, std::move(command),
                      [this, call, name, done = std::move(done)](
                          const absl::StatusOr<eventlog::AppendResult>& result) {
                        if (!result.ok()) return done(result.status());
                        done(Answer<Response>(*call, name, *result));
                      });
  }

  // Answers where the request was stored before, or cannot be looked up; false where neither is.
  // For what asks planning before it decides: a repeat needs nobody.
  template <typename Response>
  bool AnswerRepeat(const rpc::Call& call, const std::string& name, const std::string& request_id,
                    const std::string& request_digest, const rpc::Done<Response>& done) const {
    const auto earlier = log_.FindRequest(AgencyOf(name), request_id, request_digest);
    if (!earlier.ok()) {
      done(earlier.status());
      return true;
    }
    if (!earlier->has_value()) return false;
    done(Answer<Response>(call, name, **earlier));
    return true;
  }

  // The latest submission of `quarter` as it was in that state.
  absl::StatusOr<v1::Submission> ReadSubmission(const Quarter& quarter) const;

  // The same without its lines.
  absl::StatusOr<v1::Submission> ReadSummary(const std::string& name, const Quarter& quarter) const;

  // `quarter` without its history, after the step at `last_position`.
  absl::StatusOr<v1::Quarter> ReadQuarter(const rpc::Call& call, const std::string& name,
                                          const Quarter& quarter, uint64_t last_position) const;

 private:
  // Of the quarter as the step left it, whatever came since: the same for every repeat.
  template <typename Response>
  absl::StatusOr<Response> Answer(const rpc::Call& call, const std::string& name,
                                  const eventlog::AppendResult& result) const {
    const Quarter quarter = view_.QuarterAt(name, result.first_position);
    Response response;
    if constexpr (requires { response.mutable_submission(); }) {
      ASSIGN_OR_RETURN(*response.mutable_submission(), ReadSummary(name, quarter));
      AddNextSteps(methods_, call, quarter.state, *response.mutable_next_steps());
    } else {
      ASSIGN_OR_RETURN(*response.mutable_quarter(),
                       ReadQuarter(call, name, quarter, result.first_position));
    }
    *response.mutable_receipt() = eventlog::ToReceipt(result);
    return response;
  }

  const rpc::MethodTable& methods_;
  eventlog::EventLog& log_;
  const SubmissionView& view_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_RPC_STEPS_H_
