#include "services/planning/rpc/scoring_policy_service.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "common/policy/proto/policy_proto.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

absl::Status CheckRequest(const v1::PublishScoringPolicyRequest& request) {
  FieldErrors errors;
  CheckRegion(request.parent(), "parent", errors);
  const auto policy = policy::FromProto(request.scoring_policy(), "scoring_policy");
  for (const FieldViolation& violation : FieldViolations(policy.status())) {
    errors.Add(violation.field, violation.description);
  }
  return errors.ToStatus();
}

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::PublishScoringPolicyRequest WithoutServerFields(
    const v1::PublishScoringPolicyRequest& request) {
  v1::PublishScoringPolicyRequest result = request;
  types::v1::ScoringPolicy& policy = *result.mutable_scoring_policy();
  policy.clear_name();
  policy.clear_publish_time();
  policy.clear_publisher();
  policy.clear_content_digest();
  policy.clear_log_position();
  return result;
}

absl::Status Conflict(absl::string_view stream, uint64_t current) {
  return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                   absl::StrCat(stream, " is at version ", current),
                   {{"current_revision", absl::StrCat(current)}});
}

}  // namespace

grpc::ServerUnaryReactor* ScoringPolicyService::PublishScoringPolicy(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishScoringPolicyRequest, v1::PublishScoringPolicyResponse>(
      gate_, context, in, out, std::bind_front(&ScoringPolicyService::DoPublish, this));
}

void ScoringPolicyService::DoPublish(const rpc::Call& call,
                                     const v1::PublishScoringPolicyRequest& request,
                                     rpc::Done<v1::PublishScoringPolicyResponse> done) {
  const absl::Status checked = CheckRequest(request);
  if (!checked.ok()) return done(checked);
  v1::PublishScoringPolicyRequest stripped = WithoutServerFields(request);

  eventlog::Command command;
  command.agency = request.parent();
  command.request_id = request.request_id();
  command.deadline = call.deadline();
  command.request_digest = Digest(stripped);
  command.decide = [this, actor = call.principal().subject,
                    sent = std::move(stripped)]() -> absl::StatusOr<eventlog::Decision> {
    const std::string stream = absl::StrCat(sent.parent(), "/", policy::kScoringPolicies);
    // One event a version: the revision of the stream is the version.
    const uint64_t version = view_.StreamRevision(stream);
    if (version != sent.expected_version()) return Conflict(stream, version);
    v1::ScoringPolicyPublished event;
    types::v1::ScoringPolicy& published = *event.mutable_scoring_policy();
    published = sent.scoring_policy();
    published.set_content_digest(HexDigest(published));
    published.set_name(absl::StrCat(stream, "/", version + 1));
    published.set_publisher(actor);
    *published.mutable_publish_time() = ToTimestamp(clock_.Now());
    return eventlog::Decision{stream, version, actor, {eventlog::MakeEvent(event)}};
  };
  eventlog::Execute(
      log_, std::move(command),
      [this, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
        if (!result.ok()) return done(result.status());
        auto event = eventlog::ReadEvent<v1::ScoringPolicyPublished>(log_, result->first_position);
        if (!event.ok()) return done(event.status());
        v1::PublishScoringPolicyResponse response;
        *response.mutable_scoring_policy() = std::move(*event->mutable_scoring_policy());
        response.mutable_scoring_policy()->set_log_position(result->first_position);
        *response.mutable_receipt() = eventlog::ToReceipt(*result);
        done(std::move(response));
      });
}

}  // namespace sakip::planning
