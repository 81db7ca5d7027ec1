// KeptFindings is what is found in one document, as much of it as is stored with it.
#ifndef SAKIP_SERVICES_PLANNING_RPC_KEPT_FINDINGS_H_
#define SAKIP_SERVICES_PLANNING_RPC_KEPT_FINDINGS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/finding/finding.h"

namespace sakip::planning {

// A document of which everything is wrong must still be stored and answered in one piece.
inline constexpr size_t kFindingsMax = 500;
// As messages. With the largest document they fit into one answer of 4 MiB.
inline constexpr size_t kFindingsBytesMax = 600'000;

// Keeps the gravest and counts the rest, in bounded memory. Not thread-safe.
class KeptFindings {
 public:
  void Add(Finding finding);

  // Those that are kept and, where that is not all, one that says so about `document`. `version`
  // begins the locations in it.
  std::vector<Finding> Take(const std::string& document, const std::string& version) &&;

 private:
  std::vector<Finding> findings_;
  size_t found_ = 0;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_KEPT_FINDINGS_H_
