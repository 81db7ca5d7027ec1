// Errors of the suite: an absl::Status with a reason for programs and the fields at fault.
//
// A reason is a name of sakip.errors.v1.ErrorReason without its prefix; common/rpc turns it and the
// fields into the details of google.rpc.Status. Functions are thread-safe; FieldErrors is not.
#ifndef SAKIP_COMMON_BASE_ERROR_H_
#define SAKIP_COMMON_BASE_ERROR_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace sakip {

// A field of a request that is wrong.
struct FieldViolation {
  std::string field;        // Path from the request: `document.annual_plan.objectives[0].code`.
  std::string description;  // What is wrong and what would be right.

  friend bool operator==(const FieldViolation& a, const FieldViolation& b) {
    return a.field == b.field && a.description == b.description;
  }
};

// A fact about an error, such as {"current_revision", "3"}.
struct ErrorFact {
  std::string key;
  std::string value;

  friend bool operator==(const ErrorFact& a, const ErrorFact& b) {
    return a.key == b.key && a.value == b.value;
  }
};

// Key of the fact that says how many fields are wrong, where an error does not name all of them.
inline constexpr char kWrongFields[] = "wrong_fields";

// Makes an error with a reason.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       const std::vector<ErrorFact>& facts = {});

// Returns `status` with one more fact.
absl::Status WithFact(const absl::Status& status, absl::string_view key, absl::string_view value);

// Returns `status` with when it makes sense to try again: `delay` from now, not negative.
absl::Status WithRetryDelay(const absl::Status& status, absl::Duration delay);

// When to try again; nothing where `status` does not say.
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

// Returns the reason of `status`; empty where it has none.
std::string ErrorReason(const absl::Status& status);

// Returns the facts of `status`, in the order given.
std::vector<ErrorFact> ErrorFacts(const absl::Status& status);

// Returns the fields at fault, in the order given; empty where `status` names none.
std::vector<FieldViolation> FieldViolations(const absl::Status& status);

// Collects every wrong field of a request, so that a caller can mend all at once.
class FieldErrors {
 public:
  void Add(absl::string_view field, absl::string_view description);
  void AddAll(const FieldErrors& others);
  bool empty() const { return violations_.empty(); }
  const std::vector<FieldViolation>& violations() const { return violations_; }

  // OK where nothing was added, otherwise INVALID_ARGUMENT INVALID_FIELD. Where not all are kept,
  // the fact kWrongFields counts them.
  absl::Status ToStatus() const;

  // More than this many are counted but not kept.
  static constexpr int kViolationsMax = 100;

 private:
  std::vector<FieldViolation> violations_;
  int dropped_ = 0;
};

// One wrong field.
absl::Status InvalidField(absl::string_view field, absl::string_view description);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_ERROR_H_
