#include "services/cli/files/server_fields.h"

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

}  // namespace sakip::cli
