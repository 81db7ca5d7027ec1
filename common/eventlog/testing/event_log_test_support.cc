#include "common/eventlog/testing/event_log_test_support.h"

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/sequencer.h"

namespace sakip::eventlog {

AppendRequest TestRequest(absl::string_view request_id, uint64_t expected_revision,
                          absl::string_view stream, const std::vector<std::string>& payloads) {
  AppendRequest request = {.stream = std::string(stream),
                           .expected_revision = expected_revision,
                           .request_id = std::string(request_id),
                           .request_digest = LeafHash(absl::StrCat("request ", request_id)),
                           .actor = "office",
                           .events = {}};
  for (const std::string& payload : payloads) {
    request.events.push_back({"sakip.test.v1.Happened", payload});
  }
  return request;
}

FutureAnswer StartAppend(EventLog& log, AppendRequest request) {
  // A second call would throw in set_value and end the test.
  auto promise = std::make_shared<std::promise<absl::StatusOr<AppendResult>>>();
  FutureAnswer answer = promise->get_future();
  log.Append(std::move(request), [promise](absl::StatusOr<AppendResult> result) {
    promise->set_value(std::move(result));
  });
  return answer;
}

absl::StatusOr<AppendResult> Wait(FutureAnswer& answer) {
  if (answer.wait_for(std::chrono::minutes(1)) != std::future_status::ready) {
    return absl::DeadlineExceededError("no answer within a minute");
  }
  return answer.get();
}

absl::StatusOr<AppendResult> AppendNow(EventLog& log, AppendRequest request) {
  FutureAnswer answer = StartAppend(log, std::move(request));
  return Wait(answer);
}

absl::StatusOr<std::vector<AppendResult>> AppendAllNow(EventLog& log,
                                                       std::vector<AppendRequest> requests) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<std::vector<AppendResult>>>>();
  auto answer = promise->get_future();
  log.AppendAll(std::move(requests),
                [promise](auto results) { promise->set_value(std::move(results)); });
  if (answer.wait_for(std::chrono::minutes(1)) != std::future_status::ready) {
    return absl::DeadlineExceededError("no answer within a minute");
  }
  return answer.get();
}

absl::StatusOr<std::vector<StoredRecord>> ReadAll(const EventLog& log, const ReadLimits& limits) {
  std::vector<StoredRecord> all;
  uint64_t position = 0;
  while (true) {
    ASSIGN_OR_RETURN(ReadResult read, log.Read(position, limits));
    if (read.records.empty()) return all;
    for (StoredRecord& record : read.records) all.push_back(std::move(record));
    position = read.next_position;
  }
}

absl::Status CheckHistory(const std::vector<StoredRecord>& records) {
  std::map<std::string, uint64_t> revisions;
  std::map<std::string, AgencyHead> agencies;
  std::set<RequestName> requests;
  RequestName open_request;
  absl::Time time = absl::InfinitePast();
  for (uint64_t position = 0; position < records.size(); ++position) {
    RETURN_IF_ERROR(VerifyRecord(position, records[position]));
    ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(records[position]));
    const auto wrong = [&](absl::string_view what) {
      return absl::DataLossError(absl::StrCat(what, " at position ", position));
    };
    if (record.stream_revision() != ++revisions[record.stream()]) return wrong("revision");
    AgencyHead& agency = agencies[std::string(OwnerOf(record.stream()))];
    if (record.agency_sequence() != ++agency.sequence) return wrong("agency sequence");
    if (record.previous_agency_hash() != agency.leaf_hash) return wrong("agency chain");
    agency.leaf_hash = records[position].leaf_hash;
    if (RecordedTime(record) < time) return wrong("time goes back");
    time = RecordedTime(record);
    const RequestName request(OwnerOf(record.stream()), record.request_id());
    if (request != open_request && !requests.insert(request).second) {
      return wrong("request stored twice or in pieces");
    }
    open_request = request;
  }
  return absl::OkStatus();
}

}  // namespace sakip::eventlog
