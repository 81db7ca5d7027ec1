#include "services/cli/files/server_fields.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace sakip::cli {
namespace {

constexpr absl::string_view kServerFields[] = {"state",
                                               "submit_time",
                                               "submitter",
                                               "content_digest",
                                               "entry_count",
                                               "log_position",
                                               "publish_time",
                                               "publisher",
                                               "findings",
                                               "late",
                                               "supersedes",
                                               "changed_since_approval",
                                               "evidence_coverage"};

}  // namespace

bool IsServerField(absl::string_view name) {
  return std::find(std::begin(kServerFields), std::end(kServerFields), name) !=
         std::end(kServerFields);
}

void ClearServerFields(google::protobuf::Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (!IsServerField(type.field(i)->name())) continue;
    message.GetReflection()->ClearField(&message, type.field(i));
  }
}

}  // namespace sakip::cli
