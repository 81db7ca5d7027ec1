// ProvinceServices are planning, realization and scoring of this build over a small province, with
// quotas or without: what the campaigns of overload call.
#ifndef SAKIP_TESTS_OVERLOAD_PROVINCE_SERVICES_H_
#define SAKIP_TESTS_OVERLOAD_PROVINCE_SERVICES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/testing/temp_dir.h"
#include "tests/bench/province.h"
#include "tests/bench/service_process.h"
#include "tests/bench/suite.h"
#include "tests/overload/open_load.h"

namespace sakip::overload {

inline constexpr char kGetScorecard[] = "/sakip.scoring.v1.ScoringService/GetScorecard";
inline constexpr char kListScorecards[] = "/sakip.scoring.v1.ScoringService/ListScorecards";
inline constexpr char kSummarizeScorecards[] =
    "/sakip.scoring.v1.ScoringService/SummarizeScorecards";
inline constexpr char kSubmitQuarter[] = "/sakip.realization.v1.RealizationService/SubmitQuarter";

// Not thread-safe. Whatever fails here ends the program.
class ProvinceServices {
 public:
  static constexpr int kYear = 2023;

  // `sub_activities` of each agency; `quotas` is the text of the file of quotas, empty means none.
  // With `apart` realization and scoring share one processor and the caller of this has another,
  // where there are two.
  ProvinceServices(uint64_t seed, size_t agencies, size_t sub_activities, const std::string& quotas,
                   bool apart);

  size_t agencies() const { return province_.agencies(); }
  std::string AgencyName(size_t agency) const { return province_.AgencyName(agency); }

  const bench::ServiceProcess& scoring() const { return *scoring_; }
  const std::string& realization_address() const { return suite_.realization_address(); }

  // A read that computes: the last scorecard of an agency, compared with the years before, for the
  // agency's head.
  Request ScorecardOf(size_t agency) const;

  // A list of what the agency has, computed to be put in order, for the agency's head.
  Request ListOf(size_t agency) const;

  // A read that computes much and answers little: the regency of the agency summed up, for its
  // inspectors.
  Request SummaryFor(size_t agency) const;

  // A small write of the agency's reporter: a correction of its last quarter, stored where it is
  // the next after `before` others, and otherwise refused with ABORTED.
  Request CorrectionOf(size_t agency, uint64_t before) const;

 private:
  std::string HeadOf(size_t agency) const;

  const sakip::testing::TempDir folder_;
  const bench::Province province_;
  bench::Suite suite_;
  std::optional<bench::ServiceProcess> scoring_;
};

}  // namespace sakip::overload

#endif  // SAKIP_TESTS_OVERLOAD_PROVINCE_SERVICES_H_
