#include "common/eventlog/checked_append.h"

#include <google/protobuf/stubs/common.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/rows.h"

namespace sakip::eventlog {
namespace {

// What a record adds to its payload: hashes, keys, rows and the engine's own bookkeeping, rounded
// up, so that many small events count too.
constexpr size_t kRecordOverheadBytes = 256;

void CheckText(absl::string_view field, const std::string& text, size_t bytes_max,
               FieldErrors& errors) {
  if (text.empty()) errors.Add(field, "is empty");
  if (text.size() > bytes_max) {
    errors.Add(field, absl::StrCat("is longer than ", bytes_max, " bytes"));
  }
  // The very check that the parser of a record makes.
  if (!google::protobuf::internal::IsStructurallyValidUTF8(text)) {
    errors.Add(field, "is not UTF-8");
  }
}

// Returns what the events' payloads take together.
size_t CheckEvents(const std::vector<NewEvent>& events, FieldErrors& errors) {
  if (events.empty()) errors.Add("events", "is empty");
  if (events.size() > kEventsMax) {
    errors.Add("events", absl::StrCat("has more than ", kEventsMax, " elements"));
    return 0;
  }
  size_t bytes = 0;
  for (size_t i = 0; i < events.size(); ++i) {
    CheckText(absl::StrCat("events[", i, "].type"), events[i].type, kTypeBytesMax, errors);
    bytes += events[i].payload.size();
  }
  if (bytes > EventLog::kAppendBytesMax) {
    errors.Add("events",
               absl::StrCat("carries more than ", EventLog::kAppendBytesMax, " bytes of payload"));
  }
  return bytes;
}

}  // namespace

absl::StatusOr<CheckedAppend> CheckAppend(AppendRequest request) {
  FieldErrors errors;
  CheckText("stream", request.stream, kStreamBytesMax, errors);
  std::string agency(OwnerOf(request.stream));
  if (agency.empty()) errors.Add("stream", "lies in no agency and no region");
  CheckText("request_id", request.request_id, kRequestIdBytesMax, errors);
  if (request.request_digest.size() != kHashBytes) {
    errors.Add("request_digest", absl::StrCat("is not of ", kHashBytes, " bytes"));
  }
  CheckText("actor", request.actor, kActorBytesMax, errors);
  size_t bytes = CheckEvents(request.events, errors);
  RETURN_IF_ERROR(errors.ToStatus());
  bytes += request.events.size() *
           (kRecordOverheadBytes + request.stream.size() + request.request_id.size());
  return CheckedAppend{std::move(request), std::move(agency), bytes};
}

absl::StatusOr<std::vector<CheckedAppend>> CheckAppends(std::vector<AppendRequest> requests) {
  if (requests.empty()) return InvalidField("requests", "is empty");
  std::vector<CheckedAppend> appends;
  appends.reserve(requests.size());
  size_t payload_bytes = 0;
  for (AppendRequest& request : requests) {
    for (const NewEvent& event : request.events) payload_bytes += event.payload.size();
    auto checked = CheckAppend(std::move(request));
    if (!checked.ok()) {
      return WithFact(checked.status(), "index", absl::StrCat(appends.size()));
    }
    appends.push_back(*std::move(checked));
  }
  if (payload_bytes > EventLog::kAppendBytesMax) {
    return InvalidField("requests", absl::StrCat("carry more than ", EventLog::kAppendBytesMax,
                                                 " bytes of payload together"));
  }
  return appends;
}

}  // namespace sakip::eventlog
