#include "services/planning/rpc/code_edition_service.h"

#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/execute.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "common/paging/page.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/planning/domain/code_edition.h"

namespace sakip::planning {
namespace {

CodeEdition ToCodeEdition(const v1::CodeEdition& edition) {
  return {edition.name(),        ToKind(edition.kind()), edition.display_name(),
          edition.legal_basis(), edition.valid_from(),   edition.valid_to(),
          ToEntries(edition)};
}

v1::CodeEntry ToProto(const CodeEntry& entry) {
  v1::CodeEntry proto;
  proto.set_code(entry.code);
  proto.set_display_name(entry.display_name);
  proto.set_indicator(entry.indicator);
  proto.set_unit(entry.unit);
  return proto;
}

// What the server sets is not the caller's to give, nor does it tell one request from another.
v1::PublishCodeEditionRequest WithoutServerFields(const v1::PublishCodeEditionRequest& request) {
  v1::PublishCodeEditionRequest result = request;
  v1::CodeEdition& edition = *result.mutable_code_edition();
  edition.clear_entry_count();
  edition.clear_publish_time();
  edition.clear_publisher();
  edition.clear_content_digest();
  edition.clear_log_position();
  return result;
}

// Of an edition without what the server sets.
std::string ContentDigest(v1::CodeEdition edition) {
  edition.clear_name();
  return HexDigest(edition);
}

// True where what `region` has published is listed for `parent`.
bool IsListed(const ResourceName& parent, bool include_ancestors, absl::string_view name) {
  if (parent.is_all_regions()) return true;
  const auto edition = ParseRegionNameIn(kCodeEditions, name);
  if (!edition.ok()) return false;
  return edition->region == parent.region ||
         (include_ancestors && RegionCovers(edition->region, parent.region));
}

}  // namespace

grpc::ServerUnaryReactor* CodeEditionService::PublishCodeEdition(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::PublishCodeEditionRequest, v1::PublishCodeEditionResponse>(
      gate_, context, in, out, std::bind_front(&CodeEditionService::DoPublish, this));
}

grpc::ServerUnaryReactor* CodeEditionService::GetCodeEdition(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* in,
                                                             grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetCodeEditionRequest>(gate_, context, in, out,
                                               std::bind_front(&CodeEditionService::DoGet, this));
}

grpc::ServerUnaryReactor* CodeEditionService::ListCodeEditions(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListCodeEditionsRequest>(
      gate_, context, in, out, std::bind_front(&CodeEditionService::DoList, this));
}

grpc::ServerUnaryReactor* CodeEditionService::LookUpCodes(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return rpc::Unary<v1::LookUpCodesRequest>(gate_, context, in, out,
                                            std::bind_front(&CodeEditionService::DoLookUp, this));
}

void CodeEditionService::DoPublish(const rpc::Call& call,
                                   const v1::PublishCodeEditionRequest& request,
                                   rpc::Done<v1::PublishCodeEditionResponse> done) {
  const absl::Status checked = CheckCodeEdition(ToCodeEdition(request.code_edition()));
  if (!checked.ok()) return done(checked);
  v1::PublishCodeEditionRequest stripped = WithoutServerFields(request);
  const std::string name = request.code_edition().name();

  eventlog::Command command;
  command.agency = std::string(OwnerOf(name));
  command.request_id = request.request_id();
  command.deadline = call.deadline();
  command.request_digest = Digest(stripped);
  command.decide = [this, actor = call.principal().subject,
                    edition = std::move(
                        *stripped.mutable_code_edition())]() -> absl::StatusOr<eventlog::Decision> {
    if (view_.Find(edition.name()).has_value()) return CodeEditionExists(edition.name());
    v1::CodeEditionPublished event;
    v1::CodeEdition& published = *event.mutable_code_edition();
    published = edition;
    published.set_entry_count(edition.entries_size());
    published.set_publisher(actor);
    published.set_content_digest(ContentDigest(edition));
    *published.mutable_publish_time() = ToTimestamp(clock_.Now());
    // One stream an edition, and one event in it.
    return eventlog::Decision{edition.name(), 0, actor, {eventlog::MakeEvent(event)}};
  };
  eventlog::Execute(
      log_, std::move(command),
      [this, name, done = std::move(done)](absl::StatusOr<eventlog::AppendResult> result) {
        if (!result.ok()) return done(result.status());
        auto edition = view_.Find(name);
        if (!edition.has_value()) return done(CodeEditionNotFound(name));
        v1::PublishCodeEditionResponse response;
        *response.mutable_code_edition() = *std::move(edition);
        *response.mutable_receipt() = eventlog::ToReceipt(*result);
        done(std::move(response));
      });
}

absl::StatusOr<v1::CodeEdition> CodeEditionService::Read(const std::string& name) const {
  const auto parsed = ParseRegionNameIn(kCodeEditions, name);
  if (!parsed.ok()) return InvalidField("name", parsed.status().message());
  return editions_.Read(name);
}

absl::StatusOr<v1::GetCodeEditionResponse> CodeEditionService::DoGet(
    const v1::GetCodeEditionRequest& request) {
  v1::GetCodeEditionResponse response;
  ASSIGN_OR_RETURN(*response.mutable_code_edition(), Read(request.name()));
  return response;
}

absl::StatusOr<v1::ListCodeEditionsResponse> CodeEditionService::DoList(
    const v1::ListCodeEditionsRequest& request) {
  const auto parent = ParseRegionName(request.parent());
  if (!parent.ok()) return InvalidField("parent", parent.status().message());
  const bool ancestors = request.include_ancestors();
  const std::string list =
      absl::StrCat("ListCodeEditions ", request.parent(), ancestors ? " and above" : "");
  ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), PageSizes()));
  ASSIGN_OR_RETURN(const std::string after, ParsePageToken(list, request.page_token()));

  // One more than the page tells whether there is a next one.
  std::vector<v1::CodeEdition> editions =
      view_.List(after, static_cast<size_t>(size) + 1,
                 [&](const std::string& name) { return IsListed(*parent, ancestors, name); });
  v1::ListCodeEditionsResponse response;
  if (editions.size() > static_cast<size_t>(size)) {
    editions.pop_back();
    response.set_next_page_token(MakePageToken(list, editions.back().name()));
  }
  for (v1::CodeEdition& edition : editions) *response.add_code_editions() = std::move(edition);
  return response;
}

absl::StatusOr<v1::LookUpCodesResponse> CodeEditionService::DoLookUp(
    const v1::LookUpCodesRequest& request) {
  if (request.codes().empty()) return InvalidField("codes", "is empty; at least one");
  const auto parsed = ParseRegionNameIn(kCodeEditions, request.name());
  if (!parsed.ok()) return InvalidField("name", parsed.status().message());
  ASSIGN_OR_RETURN(const auto edition, editions_.Find(request.name()));
  if (edition == nullptr) return CodeEditionNotFound(request.name());
  v1::LookUpCodesResponse response;
  std::set<absl::string_view> seen;  // An answer is never longer than the edition.
  for (const std::string& code : request.codes()) {
    if (!seen.insert(code).second) continue;
    const CodeEntry* entry = edition->codes.Find(code);
    if (entry == nullptr) {
      response.add_missing_codes(code);
    } else {
      *response.add_entries() = ToProto(*entry);
    }
  }
  return response;
}

}  // namespace sakip::planning
