#include "services/planning/store/scoring_policy_view.h"

#include "sakip/planning/v1/events.pb.h"

namespace sakip::planning {

bool ScoringPolicyView::Apply(const eventlog::v1::Record& record) {
  if (record.type() != v1::ScoringPolicyPublished::descriptor()->full_name()) return false;
  MutexLock lock(mutex_);
  stream_revisions_[record.stream()] = record.stream_revision();
  return true;
}

uint64_t ScoringPolicyView::StreamRevision(const std::string& stream) const {
  MutexLock lock(mutex_);
  const auto it = stream_revisions_.find(stream);
  return it == stream_revisions_.end() ? 0 : it->second;
}

}  // namespace sakip::planning
