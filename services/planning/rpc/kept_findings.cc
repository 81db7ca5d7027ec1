#include "services/planning/rpc/kept_findings.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/finding/proto/finding_to_proto.h"

namespace sakip::planning {
namespace {

// What a message needs in the list of another one.
constexpr size_t kOverheadBytes = 6;

void SortByGravity(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
}

// How many of the first may be kept.
size_t Fitting(const std::vector<Finding>& findings) {
  size_t bytes = 0;
  size_t count = 0;
  for (const Finding& finding : findings) {
    bytes += ToProto(finding).ByteSizeLong() + kOverheadBytes;
    if (count == kFindingsMax || bytes > kFindingsBytesMax) break;
    ++count;
  }
  return count;
}

}  // namespace

void KeptFindings::Add(Finding finding) {
  ++found_;
  findings_.push_back(std::move(finding));
  if (findings_.size() < 2 * kFindingsMax) return;
  SortByGravity(findings_);
  findings_.resize(kFindingsMax);
}

std::vector<Finding> KeptFindings::Take(const std::string& document,
                                        const std::string& version) && {
  if (found_ == Fitting(findings_)) return std::move(findings_);
  SortByGravity(findings_);
  const size_t kept = Fitting(findings_);
  findings_.resize(kept);
  findings_.push_back(MakeFinding(FindingCode::kFindingsLeftOut, document,
                                  {{absl::StrCat(kept), version + "findings"},
                                   {absl::StrCat(found_), version + "all that was found"}}));
  return std::move(findings_);
}

}  // namespace sakip::planning
