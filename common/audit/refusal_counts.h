// RefusalCounts counts refusals of the same kind, so that a flood of them does not fill the trail.
#ifndef SAKIP_COMMON_AUDIT_REFUSAL_COUNTS_H_
#define SAKIP_COMMON_AUDIT_REFUSAL_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "sakip/audit/v1/audit_entry.pb.h"

namespace sakip::audit {

struct RefusalCountsOptions {
  absl::Duration window = absl::Seconds(30);  // How long a kind is counted for.
  size_t kinds_max = 256;                     // That are told apart at a time.
  size_t kinds_of_subject_max = 32;           // Of them, of one subject: it chooses what it asks.
  // PERMISSION_DENIED of one subject that are recorded as they are in a window.
  size_t denials_alone_max = 20;
  size_t subjects_max = 4096;  // That are told apart at a time.
};

// Not thread-safe. Holds at most kinds_max kinds, one more for each code and reason, and for each
// of these and each subject with kinds_of_subject_max; and subjects_max subjects.
class RefusalCounts {
 public:
  explicit RefusalCounts(const RefusalCountsOptions& options) : options_(options) {}

  // True where the refusal is to be recorded as it is: a PERMISSION_DENIED that is among the first
  // of its subject in its window, or another that is the first of its kind, whose window begins
  // now. Where it is neither, or there is no telling it apart any more, it was counted.
  bool IsAlone(const v1::AuditEntry& entry, absl::Time now);

  // Counts the refusal in any case.
  void Count(const v1::AuditEntry& entry, absl::Time now);

  // Takes an entry for each kind that was counted and whose window is over, and forgets the kinds;
  // one for which `has_room` returns false is counted on.
  std::vector<v1::AuditEntry> TakeDue(absl::Time now, absl::FunctionRef<bool()> has_room);

  // Refusals that are counted and not taken yet.
  uint64_t count() const;

  bool empty() const { return kinds_.empty() && subjects_.empty(); }

 private:
  struct Kind {
    v1::AuditEntry entry;     // What all of the kind have in common, and the count.
    absl::Time end;           // Of the window.
    bool of_subject = false;  // Among the kinds of its subject.
  };

  struct Subject {
    size_t kinds = 0;                       // That are told apart.
    size_t denials = 0;                     // That were recorded as they are.
    absl::Time end = absl::InfinitePast();  // Of the window in which they were.
  };

  // Null where no more subjects are told apart.
  Subject* SubjectOf(const std::string& name);

  bool IsAmongTheFirst(const std::string& name, absl::Time now);

  // Where the refusal is counted; made where it is new, with a window that begins now.
  Kind& KindOf(const v1::AuditEntry& entry, absl::Time now, bool& is_new);

  const RefusalCountsOptions options_;
  absl::flat_hash_map<std::string, Kind> kinds_;
  absl::flat_hash_map<std::string, Subject> subjects_;
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_REFUSAL_COUNTS_H_
