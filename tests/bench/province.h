// Province makes the plans of a province, and what is reported of them: agencies of its regencies,
// each with all the documents of a year and the submissions of its quarters.
#ifndef SAKIP_TESTS_BENCH_PROVINCE_H_
#define SAKIP_TESTS_BENCH_PROVINCE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "sakip/planning/v1/planning_service.pb.h"
#include "sakip/realization/v1/submission.pb.h"

namespace sakip::bench {

// Thread-safe: everything about an agency follows from the seed and its number alone.
class Province {
 public:
  static constexpr size_t kRegencies = 40;
  static constexpr size_t kDocuments = 5;  // Of an agency and year.
  // The years that there are plans for.
  static constexpr int kFirstYear = 2021;
  static constexpr int kLastYear = 2026;

  Province(uint64_t seed, size_t agencies, size_t sub_activities)
      : seed_(seed), agencies_(agencies), sub_activities_(sub_activities) {}

  size_t agencies() const { return agencies_; }

  // `regions/35.07/agencies/opd-0033`.
  std::string AgencyName(size_t agency) const;

  // The agency with its strategic plan, decree, annual plan, agreement and action plan, which fit
  // each other; agency and strategic plan are the same in each year. Requires `agency` < agencies()
  // and a year that there are plans for.
  planning::v1::PublishPlanRequest Plan(size_t agency, int year) const;

  // What the agency achieved and spent in `quarter` of the year of its `plan`: a value for each
  // indicator and sub-activity, some with a word on what stood in the way.
  realization::v1::Submission Submission(size_t agency,
                                         const planning::v1::PublishPlanRequest& plan,
                                         int quarter) const;

 private:
  const uint64_t seed_;
  const size_t agencies_;
  const size_t sub_activities_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_PROVINCE_H_
