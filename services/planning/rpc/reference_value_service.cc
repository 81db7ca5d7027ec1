#include "services/planning/rpc/reference_value_service.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/paging/page.h"
#include "services/planning/domain/field_check.h"
#include "services/planning/rpc/reference_publication.h"

namespace sakip::planning {
namespace {

absl::Status CheckRequest(const v1::PublishReferenceValuesRequest& request) {
  FieldErrors errors;
  CheckRegion(request.parent(), "parent", errors);
  CheckNotEmpty(static_cast<size_t>(request.rows_size()), "rows", errors);
  return errors.ToStatus();
}

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::PublishReferenceValuesRequest WithoutServerFields(
    const v1::PublishReferenceValuesRequest& request) {
  v1::PublishReferenceValuesRequest result = request;
  for (v1::ReferenceValue& row : *result.mutable_rows()) {
    row.clear_name();
    row.clear_log_position();
  }
  return result;
}

}  // namespace

grpc::ServerUnaryReactor* ReferenceValueService::PublishReferenceValues(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishReferenceValuesRequest, v1::PublishReferenceValuesResponse>(
      gate_, context, in, out, std::bind_front(&ReferenceValueService::DoPublish, this));
}

grpc::ServerUnaryReactor* ReferenceValueService::ListReferenceValues(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListReferenceValuesRequest>(
      gate_, context, in, out, std::bind_front(&ReferenceValueService::DoList, this));
}

void ReferenceValueService::DoPublish(const rpc::Call& call,
                                      const v1::PublishReferenceValuesRequest& request,
                                      rpc::Done<v1::PublishReferenceValuesResponse> done) {
  const absl::Status checked = CheckRequest(request);
  if (!checked.ok()) return done(checked);
  v1::PublishReferenceValuesRequest stripped = WithoutServerFields(request);
  std::string digest = Digest(stripped);
  const auto publication = std::make_shared<const ReferencePublication>(std::move(stripped));
  // Where every row is refused a repeat is refused by the same checks; nothing need be remembered.
  if (request.dry_run() || publication->all_refused()) {
    return done(publication->Answer(publication->Decide(view_)));
  }

  eventlog::Command command;
  command.agency = request.parent();
  command.request_id = request.request_id();
  command.deadline = call.deadline();
  command.request_digest = std::move(digest);
  command.decide = [this, publication,
                    actor = call.principal().subject]() -> absl::StatusOr<eventlog::Decision> {
    // The stream's revision is read first: what is published meanwhile makes the append fail.
    const uint64_t revision = view_.StreamRevision(publication->Stream());
    return eventlog::Decision{
        publication->Stream(), revision, actor, {eventlog::MakeEvent(publication->Decide(view_))}};
  };
  eventlog::Execute(
      log_, std::move(command),
      [this, publication, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
        if (!result.ok()) return done(result.status());
        const auto event =
            eventlog::ReadEvent<v1::ReferenceValuesPublished>(log_, result->first_position);
        if (!event.ok()) return done(event.status());
        v1::PublishReferenceValuesResponse response = publication->Answer(*event);
        *response.mutable_receipt() = eventlog::ToReceipt(*result);
        done(std::move(response));
      });
}

absl::StatusOr<v1::ListReferenceValuesResponse> ReferenceValueService::DoList(
    const v1::ListReferenceValuesRequest& request) {
  const auto parent = ParseRegionName(request.parent());
  if (!parent.ok()) return InvalidField("parent", parent.status().message());
  const int year = request.year();
  if (year != 0 && (year < kYearMin || year > kYearMax)) {
    return InvalidField("year", absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
  }
  const std::string list = absl::StrCat("ListReferenceValues ", request.parent(), " ",
                                        request.indicator_code(), " ", year);
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  const std::string prefix =
      parent->is_all_regions()
          ? ""
          : ReferenceValueView::KeyPrefix(request.parent(), request.indicator_code());
  const auto wanted = [&](const v1::ReferenceValue& value) {
    return (year == 0 || value.year() == year) &&
           (request.indicator_code().empty() || value.indicator_code() == request.indicator_code());
  };
  // One more than the page tells whether there is a next one.
  std::vector<v1::ReferenceValue> values =
      view_.List(prefix, after, static_cast<size_t>(size) + 1, wanted);
  v1::ListReferenceValuesResponse response;
  if (values.size() > static_cast<size_t>(size)) {
    values.pop_back();
    const v1::ReferenceValue& last = values.back();
    response.set_next_page_token(
        MakePageToken(list, ReferenceValueView::Key(OwnerOf(last.name()), last)));
  }
  for (v1::ReferenceValue& value : values) *response.add_reference_values() = std::move(value);
  return response;
}

}  // namespace sakip::planning
