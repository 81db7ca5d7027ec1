// ProgressBar shows on a terminal how far a verification is, in one line that is written over.
//
// Not thread-safe. The stream is borrowed; nothing is written to it where `shown` is false.
#ifndef SAKIP_SERVICES_CLI_LOG_PROGRESS_BAR_H_
#define SAKIP_SERVICES_CLI_LOG_PROGRESS_BAR_H_

#include <ostream>

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/eventlog/verify/export_verify.h"

namespace sakip::cli {

class ProgressBar {
 public:
  ProgressBar(std::ostream& err, bool shown, const Clock& clock);
  // Takes the line away.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Shows `progress`, at most ten times a second.
  void Show(const eventlog::VerifyProgress& progress);

 private:
  std::ostream& err_;
  const bool shown_;
  const Clock& clock_;
  const absl::Time start_;
  absl::Time next_;
  size_t width_ = 0;  // Of what stands in the line.
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_PROGRESS_BAR_H_
