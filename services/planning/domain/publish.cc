#include "services/planning/domain/publish.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::planning {

absl::StatusOr<uint32_t> DecideRevision(absl::string_view document, uint32_t published,
                                        uint32_t expected_revision, absl::string_view reason,
                                        absl::string_view path) {
  if (published != expected_revision) {
    return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT",
                     absl::StrCat(document, " is at revision ", published, ", not at ",
                                  expected_revision, "; read it and decide again"),
                     {{"current_revision", absl::StrCat(published)}});
  }
  if (published > 0 && reason.empty()) {
    return InvalidField(absl::StrCat(path, ".reason"), "is empty; say why the document is revised");
  }
  return published + 1;
}

Reach ReachOf(int first_year, int last_year, absl::CivilDay effective, absl::CivilDay published) {
  Reach reach;
  reach.retroactive = effective < published;
  for (int year = first_year; year <= last_year; ++year) {
    for (int quarter = 1; quarter <= kQuarters; ++quarter) {
      const Period period{year, quarter};
      if (LastDay(period) < effective) continue;
      reach.quarters.push_back(period);
      if (LastDay(period) < published) reach.ended_quarters.push_back(period);
    }
  }
  return reach;
}

uint32_t RevisionInForce(const std::vector<RevisionState>& revisions, absl::CivilDay day) {
  for (size_t i = revisions.size(); i > 0; --i) {
    if (revisions[i - 1].effective_date <= day) return static_cast<uint32_t>(i);
  }
  return 0;
}

absl::Status AgencyNotFound(absl::string_view agency) {
  return MakeError(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND",
                   absl::StrCat("no agency is registered as ", agency));
}

absl::Status AgencyExists(absl::string_view agency) {
  return MakeError(absl::StatusCode::kAlreadyExists, "AGENCY_EXISTS",
                   absl::StrCat(agency, " is registered already"));
}

absl::Status DocumentNotFound(absl::string_view document) {
  return MakeError(absl::StatusCode::kNotFound, "DOCUMENT_NOT_FOUND",
                   absl::StrCat(document,
                                " was not published, or not so early or in so high a "
                                "revision"));
}

}  // namespace sakip::planning
