// Province makes the plans of a province: agencies of its regencies, each with all the documents of
// one year.
#ifndef SAKIP_TESTS_BENCH_PROVINCE_H_
#define SAKIP_TESTS_BENCH_PROVINCE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::bench {

// Thread-safe: the plan of an agency follows from the seed and its number alone.
class Province {
 public:
  static constexpr size_t kRegencies = 40;
  static constexpr size_t kDocuments = 5;  // Of each agency.

  Province(uint64_t seed, size_t agencies, size_t sub_activities)
      : seed_(seed), agencies_(agencies), sub_activities_(sub_activities) {}

  size_t agencies() const { return agencies_; }

  // `regions/35.07/agencies/opd-0033`.
  std::string AgencyName(size_t agency) const;

  // The agency with its strategic plan, decree, annual plan, agreement and action plan, which fit
  // each other. Requires `agency` < agencies().
  planning::v1::PublishPlanRequest Plan(size_t agency) const;

 private:
  const uint64_t seed_;
  const size_t agencies_;
  const size_t sub_activities_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_PROVINCE_H_
