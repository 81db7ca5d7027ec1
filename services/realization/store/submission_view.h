// SubmissionView is what realization knows without reading its log: where each quarter stands and
// how it came there, which quarters were submitted in which revisions, and where. It is kept by the
// log's observer, so it never lags behind an answer. Lines of submissions stay in the log.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_
#define SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "sakip/realization/v1/submission.pb.h"
#include "services/realization/domain/quarter.h"
#include "services/realization/store/quarter_record.h"

namespace sakip::realization {

// Thread-safe.
class SubmissionView {
 public:
  // Applies a committed record. One that cannot be read, or is of a type that is not known, is
  // logged and changes nothing that is served; its stream goes on.
  void Apply(uint64_t position, const eventlog::StoredRecord& stored);

  // Number of events in a stream.
  uint64_t StreamRevision(const std::string& stream) const;

  // The quarter of that name, as it stands.
  Quarter FindQuarter(const std::string& name) const;

  // The same as it stood right after the record at `position`: what the answer to its writer was,
  // whatever came since.
  Quarter QuarterAt(const std::string& name, uint64_t position) const;

  // The steps of a quarter, the first one first; of more than `limit` the last.
  std::vector<QuarterEvent> History(const std::string& name, size_t limit) const;

  // Positions of the revisions of a submission, the first one first.
  std::vector<uint64_t> Revisions(const std::string& submission) const;

  // The revision that was submitted at `position`, without lines, as it stands now; nothing where
  // it is not the latest.
  std::optional<v1::Submission> LatestAt(const std::string& name, uint64_t position) const;

  // At most `limit` submissions that `wanted` accepts, by name, after `after`: latest revisions
  // without lines.
  std::vector<v1::Submission> List(const std::string& after, size_t limit,
                                   const std::function<bool(const v1::Submission&)>& wanted) const;

 private:
  struct Entry {
    Quarter quarter;
    std::vector<QuarterEvent> events;
    v1::Submission latest;  // Without a name where nothing was submitted.
  };

  void ApplyStep(QuarterRecord record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const Entry* Find(const std::string& name) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  std::map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Entry> quarters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_SUBMISSION_VIEW_H_
