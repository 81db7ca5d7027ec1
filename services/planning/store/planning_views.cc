#include "services/planning/store/planning_views.h"

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"

namespace sakip::planning {
namespace {

void LogNotRead(uint64_t position, const absl::Status& status) {
  Log(LogLevel::kError, "event_not_read",
      {{"position", absl::StrCat(position)}, {"error", status.ToString()}});
}

}  // namespace

void PlanningViews::Apply(uint64_t position, const eventlog::StoredRecord& stored) {
  const auto record = eventlog::ParseRecord(stored);
  if (!record.ok()) return LogNotRead(position, record.status());
  const auto applied = ApplyOfRegion(*record);
  if (!applied.ok()) return LogNotRead(position, applied.status());
  if (!*applied) documents_.Apply(*record);
}

absl::StatusOr<bool> PlanningViews::ApplyOfRegion(const eventlog::v1::Record& record) {
  ASSIGN_OR_RETURN(const bool is_edition, code_editions_.Apply(record));
  if (is_edition || scoring_policies_.Apply(record)) return true;
  return reference_values_.Apply(record);
}

}  // namespace sakip::planning
