// Rows: the keys of the projection's rows, each a whole event under the position of its record, so
// that whatever was known at a position can be told again. Pure functions.
//
//   a/{agency} {position}                    what registered or changed an agency
//   d/{agency} {year} {position}             a revision of a document of one year
//   d/{agency} span {position}               a revision of a document of several
//   e/{agency} {year} {position}             a record of realization, as stored
//   p/{region} {position}                    a version of a region's policy
//   r/{region} {year} {position} {row}       a reference value, as an event of its own
//
// Names are resource names; a space sorts before all that one may hold, and a position has 20
// digits, so that rows are in the order of names and positions.
#ifndef SAKIP_SERVICES_SCORING_STORE_ROWS_H_
#define SAKIP_SERVICES_SCORING_STORE_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/base/resource_name.h"
#include "sakip/planning/v1/document.pb.h"

namespace sakip::scoring {

// A row of `rows`, which is one of those below.
std::string Row(absl::string_view rows, uint64_t position);

// What all keys of `rows` begin with, and those of no others.
std::string PrefixOf(absl::string_view rows);

// The position that a key which Row made ends with.
uint64_t PositionOf(absl::string_view key);

std::string AgencyRows(absl::string_view agency);
std::string DocumentRows(absl::string_view agency, int year);
std::string SpanRows(absl::string_view agency);
// Those that `document` is among.
std::string RowsOf(const planning::v1::PlanDocument& document);
std::string RecordRows(absl::string_view agency, int year);
// `region` is a code, `35.09`.
std::string PolicyRows(absl::string_view region);
std::string ReferenceRows(absl::string_view region, int year);

// What the keys of all policies begin with.
inline constexpr char kAllPolicies[] = "p/regions/";

// The agency of a key of AgencyRows, and the region code of one of PolicyRows.
absl::string_view AgencyOfRow(absl::string_view key);
absl::string_view RegionOfRow(absl::string_view key);

// What the keys of the agencies in `scope` begin with, in the order of the keys: few ranges that
// hold no others.
std::vector<std::string> AgencyPrefixes(const ResourceName& scope);

// The first key that agencies after `agency` can have; empty where that is.
std::string AfterAgency(absl::string_view agency);

// `35`, `35.09` of `35.09`: the region and those above it, from the highest down.
std::vector<std::string> DownTo(absl::string_view region);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_ROWS_H_
