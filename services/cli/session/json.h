// Json: messages as programs read them. Deterministic: the same message gives the same bytes. Pure.
#ifndef SAKIP_SERVICES_CLI_SESSION_JSON_H_
#define SAKIP_SERVICES_CLI_SESSION_JSON_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::cli {

// Protobuf JSON over several lines with every primitive field, also where it is zero or empty, and
// a newline at the end.
std::string ToPrettyJson(const google::protobuf::Message& message);

// The same on one line, without a newline.
std::string ToJsonLine(const google::protobuf::Message& message);

// One line without a newline: the fields of `record` with hashes in hexadecimal, the payload
// decoded where its type is known (otherwise Base64), and `leafHash`.
std::string RecordToJson(const eventlog::v1::Record& record, absl::string_view leaf_hash);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_JSON_H_
