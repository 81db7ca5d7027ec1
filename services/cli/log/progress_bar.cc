#include "services/cli/log/progress_bar.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"

namespace sakip::cli {
namespace {

constexpr absl::Duration kBetween = absl::Milliseconds(100);
constexpr double kMebibyte = 1024 * 1024;
constexpr int kBarColumns = 30;

// `[#####-----]  50 %`
std::string Bar(double share) {
  share = std::clamp(share, 0.0, 1.0);
  const int full = static_cast<int>(share * kBarColumns);
  return absl::StrFormat("[%s%s] %3.0f %%", std::string(full, '#'),
                         std::string(kBarColumns - full, '-'), share * 100);
}

}  // namespace

ProgressBar::ProgressBar(std::ostream& err, bool shown, const Clock& clock)
    : err_(err), shown_(shown), clock_(clock), start_(clock.Now()), next_(start_ + kBetween) {}

ProgressBar::~ProgressBar() {
  if (width_ > 0) err_ << "\r" << std::string(width_, ' ') << "\r" << std::flush;
}

void ProgressBar::Show(const eventlog::VerifyProgress& progress) {
  if (!shown_) return;
  const absl::Time now = clock_.Now();
  if (now < next_) return;
  next_ = now + kBetween;
  const double mebibytes = static_cast<double>(progress.bytes) / kMebibyte;
  std::string line = absl::StrFormat("%d records  %.0f MiB  %.0f MiB/s", progress.records,
                                     mebibytes, mebibytes / absl::ToDoubleSeconds(now - start_));
  if (progress.bytes_total > 0) {
    line = Bar(static_cast<double>(progress.bytes) / static_cast<double>(progress.bytes_total)) +
           "  " + line;
  }
  width_ = std::max(width_, line.size());
  line.resize(width_, ' ');
  err_ << "\r" << line << std::flush;
}

}  // namespace sakip::cli
