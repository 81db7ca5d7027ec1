// SubmissionView is what realization knows without reading its log: which quarters were submitted
// in which revisions, and where. It is kept by the log's observer, so it never lags behind an
// answer. Lines of submissions stay in the log.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_
#define SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "sakip/realization/v1/submission.pb.h"

namespace sakip::realization {

// The submission without its lines.
void DropLines(v1::Submission& submission);

// Thread-safe.
class SubmissionView {
 public:
  // Applies a committed record. One that cannot be read is logged and passed over: it changes
  // nothing that is served.
  void Apply(uint64_t position, const eventlog::StoredRecord& stored);

  // Number of events in a stream.
  uint64_t StreamRevision(const std::string& stream) const;

  // Positions of the revisions of a submission, the first one first.
  std::vector<uint64_t> Revisions(const std::string& submission) const;

  // At most `limit` submissions that `wanted` accepts, by name, after `after`: latest revisions
  // without lines.
  std::vector<v1::Submission> List(const std::string& after, size_t limit,
                                   const std::function<bool(const v1::Submission&)>& wanted) const;

 private:
  struct Entry {
    v1::Submission latest;
    std::vector<uint64_t> positions;
  };

  mutable Mutex mutex_;
  std::map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Entry> submissions_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_
