#include "tests/bench/suite.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <optional>
#include <semaphore>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/mutex.h"
#include "common/base/period.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/message/digest.h"
#include "common/rpc/test_call.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/rpc/submit_step.h"
#include "tests/bench/calls.h"

namespace sakip::bench {
namespace {

using planning::v1::PlanningService;

constexpr size_t kPublishers = 4;
constexpr ptrdiff_t kAppendsInFlight = 64;
constexpr char kReporter[] = "reporter-1";

// What SubmitQuarter stores for the first submission of a quarter.
eventlog::AppendRequest ToAppend(const std::string& agency, int year, int quarter,
                                 const realization::v1::Submission& submission) {
  realization::v1::QuarterSubmitted event;
  *event.mutable_submission() = submission;
  eventlog::AppendRequest request;
  request.stream = absl::StrCat(agency, "/years/", year);
  request.expected_revision = static_cast<uint64_t>(quarter - 1);
  request.request_id = absl::StrCat("import-", year, "-", quarter);
  request.request_digest = Digest(submission);
  request.actor = kReporter;
  request.events = {
      realization::DecideSubmit({}, absl::Now(), kReporter, /*expected_revision=*/0, event)
          .value()};
  return request;
}

// Publishes; where the server is too busy, again when it says.
planning::v1::PublishPlanResponse Publish(PlanningService::Stub& stub,
                                          const planning::v1::PublishPlanRequest& plan) {
  for (;;) {
    auto published = rpc::CallNow(stub, &PlanningService::Stub::PublishPlan, plan);
    const std::optional<absl::Duration> delay = RetryDelayOf(published.status());
    if (!delay.has_value()) return MustBe(std::move(published));
    absl::SleepFor(*delay);
  }
}

}  // namespace

Suite::Suite(const Province& province, std::string folder, std::vector<std::string> flags)
    : province_(province),
      folder_(std::move(folder)),
      flags_(std::move(flags)),
      planning_("planningd", folder_ + "/planning", flags_) {}

void Suite::AddYear(int year, const Visitor& visit) {
  auto quarters = PublishPlans(year, visit);
  realization_.reset();
  Store(std::move(quarters));
  std::vector<std::string> flags = flags_;
  flags.push_back("--planning=" + planning_address());
  realization_.emplace("realizationd", RealizationFolder(), flags);
}

std::vector<std::vector<eventlog::AppendRequest>> Suite::PublishPlans(int year,
                                                                      const Visitor& visit) {
  std::vector<std::vector<eventlog::AppendRequest>> quarters(
      kQuarters, std::vector<eventlog::AppendRequest>(province_.agencies()));
  Stubs<PlanningService> stubs(planning_address(), kPublishers);
  std::atomic<size_t> next{0};
  Mutex mutex;
  const auto publish_all = [&](PlanningService::Stub& stub) {
    for (size_t agency = next++; agency < province_.agencies(); agency = next++) {
      AgencyYearData data{province_.Plan(agency, year), {}};
      const auto published = Publish(stub, data.plan);
      for (int quarter = 1; quarter <= kQuarters; ++quarter) {
        data.quarters.push_back(province_.Submission(agency, data.plan, quarter));
        quarters[static_cast<size_t>(quarter - 1)][agency] =
            ToAppend(province_.AgencyName(agency), year, quarter, data.quarters.back());
      }
      visit(agency, data);
      const MutexLock lock(mutex);
      planning_records_ = std::max(planning_records_, published.receipt().position() + 1);
      bytes_ += data.plan.ByteSizeLong();
    }
  };
  std::vector<std::thread> publishers;
  for (size_t i = 0; i < kPublishers; ++i)
    publishers.emplace_back(publish_all, std::ref(stubs.of(i)));
  for (std::thread& publisher : publishers) publisher.join();
  return quarters;
}

void Suite::Store(std::vector<std::vector<eventlog::AppendRequest>> quarters) {
  std::filesystem::create_directories(RealizationFolder() + "/data");
  const auto log =
      eventlog::RocksEventLog::Open({.directory = RealizationFolder() + "/data/log"}).value();
  std::counting_semaphore<kAppendsInFlight> room(kAppendsInFlight);
  for (std::vector<eventlog::AppendRequest>& quarter : quarters) {
    for (eventlog::AppendRequest& request : quarter) {
      bytes_ += request.events.front().payload.size();
      room.acquire();
      log->Append(std::move(request), [&](absl::StatusOr<eventlog::AppendResult> result) {
        MustBe(std::move(result));
        room.release();
      });
    }
  }
  for (ptrdiff_t i = 0; i < kAppendsInFlight; ++i) room.acquire();
  realization_records_ = log->end_position();
}

}  // namespace sakip::bench
