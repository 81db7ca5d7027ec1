// Decides what happens when a document is published or an agency registered, from the state that
// the log has made. Pure functions: no clock, no I/O.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_PUBLISH_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_PUBLISH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/base/period.h"

namespace sakip::planning {

// What planning remembers of one published revision.
struct RevisionState {
  absl::CivilDay effective_date;
  uint64_t log_position = 0;
};

// The revision of a document that is to be published next. `path` is that of the document in the
// request.
//
//   INVALID_ARGUMENT  INVALID_FIELD      `reason` is missing where it is not the first.
//   ABORTED           REVISION_CONFLICT  `published` revisions are not `expected_revision`.
absl::StatusOr<uint32_t> DecideRevision(absl::string_view document, uint32_t published,
                                        uint32_t expected_revision, absl::string_view reason,
                                        absl::string_view path = "document");

// Which quarters a revision is for; as sakip.planning.v1.Reach.
struct Reach {
  std::vector<Period> quarters;
  std::vector<Period> ended_quarters;
  bool retroactive = false;
};

// Of a revision that is published last, on `published`, of a document of the years `first_year` to
// `last_year`. Source: design section 4 rule 11.
Reach ReachOf(int first_year, int last_year, absl::CivilDay effective, absl::CivilDay published);

// The revision (from 1) in force on `day`: of those effective by then the one published last;
// 0 where there is none. Source: design section 4 rule 11.
uint32_t RevisionInForce(const std::vector<RevisionState>& revisions, absl::CivilDay day);

absl::Status AgencyNotFound(absl::string_view agency);
absl::Status AgencyExists(absl::string_view agency);
absl::Status DocumentNotFound(absl::string_view document);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_PUBLISH_H_
