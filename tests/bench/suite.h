// Suite runs planningd and realizationd of this build over the data of a province, for who follows
// them.
#ifndef SAKIP_TESTS_BENCH_SUITE_H_
#define SAKIP_TESTS_BENCH_SUITE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/eventlog/event_log.h"
#include "tests/bench/province.h"
#include "tests/bench/service_process.h"

namespace sakip::bench {

// What an agency planned and submitted for one year.
struct AgencyYearData {
  planning::v1::PublishPlanRequest plan;
  std::vector<realization::v1::Submission> quarters;
};

// Not thread-safe. Whatever fails here ends the program.
class Suite {
 public:
  // Called with each agency of a year, from several threads.
  using Visitor = std::function<void(size_t agency, const AgencyYearData& data)>;

  // Its data is below `folder`. Both services get `flags` beside those that they need. Borrows the
  // province.
  Suite(const Province& province, std::string folder, std::vector<std::string> flags = {});

  // Publishes the plans of `year` to planningd, and stores the submissions of its four quarters in
  // realization's log as realizationd does; that is stopped meanwhile.
  void AddYear(int year, const Visitor& visit);

  const std::string& planning_address() const { return planning_.address(); }
  const std::string& realization_address() const { return realization_->address(); }

  // Number of records in both logs, and of the bytes that their events were made of.
  uint64_t planning_records() const { return planning_records_; }
  uint64_t realization_records() const { return realization_records_; }
  size_t bytes() const { return bytes_; }

 private:
  std::string RealizationFolder() const { return folder_ + "/realization"; }

  // Publishes the plan of each agency; returns what is to be stored of it, by quarter.
  std::vector<std::vector<eventlog::AppendRequest>> PublishPlans(int year, const Visitor& visit);

  void Store(std::vector<std::vector<eventlog::AppendRequest>> quarters);

  const Province& province_;
  const std::string folder_;
  const std::vector<std::string> flags_;
  ServiceProcess planning_;
  std::optional<ServiceProcess> realization_;
  uint64_t planning_records_ = 0;
  uint64_t realization_records_ = 0;
  size_t bytes_ = 0;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SUITE_H_
