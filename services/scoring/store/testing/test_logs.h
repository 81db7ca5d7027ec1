// TestLogs makes what scoring follows, without the services that own it.
#ifndef SAKIP_SERVICES_SCORING_STORE_TESTING_TEST_LOGS_H_
#define SAKIP_SERVICES_SCORING_STORE_TESTING_TEST_LOGS_H_

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/base/resource_name.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "sakip/planning/v1/plan_watch_service.pb.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/scoring/store/following.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

inline constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";

// A plan of 2023: IKU1 promises 90.2 %, SK1.1 60 orang, SK1 has 1,000,000 rupiah.
inline planning::v1::PlanDocument TestPlan(const std::string& agency = kDinsos) {
  planning::v1::PlanDocument document;
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        revision: 1
        effective_date: "2023-01-01"
        content_digest: "plan-1"
        annual_plan {
          year: 2023
          objectives {
            code: "S1"
            display_name: "Kesejahteraan sosial"
            indicators {
              code: "IKU1"
              display_name: "Persentase PSKS yang Berdaya"
              target { value: "90.2" unit: "%" }
              ratio { numerator: "berdaya" denominator: "semua" }
              time_aggregation: TIME_AGGREGATION_LAST
            }
            programs {
              code: "P1"
              display_name: "Rehabilitasi Sosial"
              activities {
                code: "K1"
                display_name: "Rehabilitasi Dasar"
                sub_activities {
                  code: "SK1"
                  display_name: "Alat Bantu"
                  indicators {
                    code: "SK1.1"
                    display_name: "Orang"
                    target { value: "60" unit: "orang" }
                  }
                  budget: "1000000"
                }
              }
            }
          }
        }
      )pb",
      &document));
  document.set_name(absl::StrCat(agency, "/annualPlans/2023"));
  return document;
}

// The year to date at the end of 2023: 45 of 50, 66 orang, half of the budget.
inline realization::v1::Submission TestSubmission(const std::string& agency = kDinsos) {
  realization::v1::Submission submission;
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        revision: 1
        coverage: COVERAGE_YEAR_TO_DATE
        indicators {
          indicator_code: "IKU1"
          ratio { numerator: "45" denominator: "50" }
        }
        indicators { indicator_code: "SK1.1" quantity: "66" unit: "orang" }
        budgets { sub_activity_code: "SK1" realized: "500000" }
      )pb",
      &submission));
  submission.set_name(absl::StrCat(agency, "/submissions/2023Q4"));
  return submission;
}

// Not thread-safe.
class TestLogs {
 public:
  void AddAgency(const std::string& name = kDinsos) {
    planning::v1::PlanEvent event;
    planning::v1::Agency& agency = *event.mutable_agency_registered()->mutable_agency();
    agency.set_name(name);
    agency.set_display_name(absl::StrCat("Badan ", name));
    AddEvent(std::move(event));
  }
  void Add(const planning::v1::PlanDocument& document) {
    planning::v1::PlanEvent event;
    *event.mutable_document_published()->mutable_document() = document;
    event.mutable_document_published()->mutable_document()->set_log_position(planning_.size());
    AddEvent(std::move(event));
  }
  void Add(const realization::v1::Submission& submission) {
    realization::v1::QuarterSubmitted event;
    *event.mutable_submission() = submission;
    const std::string& name = submission.name();
    const std::string year = name.substr(name.rfind('/') + 1, 4);
    Append(absl::StrCat(AgencyOf(name), "/years/", year), eventlog::MakeEvent(event));
  }
  void AddEvent(planning::v1::PlanEvent event) {
    event.set_position(planning_.size());
    planning_.push_back(std::move(event));
  }
  void AddEvent(eventlog::NewEvent event,
                const std::string& stream = absl::StrCat(kDinsos, "/years/2023")) {
    Append(stream, std::move(event));
  }

  uint64_t End(Source source) const {
    return source == Source::kPlanning ? planning_.size() : realization_.size();
  }

  // Applies what the projection has not read yet, `batch` events at a time: all that is before
  // `limits`, or so many `batches` of each log.
  void ApplyTo(Projection& projection, size_t batch = 1000, const Positions& limits = kNoLimits,
               size_t batches = static_cast<size_t>(-1)) const {
    Apply(planning_, projection.Position(Source::kPlanning).value(), limits.planning, batch,
          batches, [&](const auto& events, uint64_t next_position) {
            return projection.ApplyPlans(events, next_position);
          });
    Apply(realization_, projection.Position(Source::kRealization).value(), limits.realization,
          batch, batches, [&](const auto& records, uint64_t next_position) {
            return projection.ApplySubmissions(records, next_position);
          });
  }

 private:
  template <typename Event, typename ApplyBatch>
  static void Apply(const std::vector<Event>& all, uint64_t position, uint64_t limit, size_t batch,
                    size_t batches, ApplyBatch apply) {
    const uint64_t end = std::min<uint64_t>(all.size(), limit);
    for (size_t i = 0; i < batches && position < end; ++i) {
      const uint64_t next = std::min<uint64_t>(position + batch, end);
      const std::vector<Event> events(all.begin() + static_cast<ptrdiff_t>(position),
                                      all.begin() + static_cast<ptrdiff_t>(next));
      SAKIP_CHECK(apply(events, next).ok());
      position = next;
    }
  }

  // As realization's log would store it.
  void Append(const std::string& stream, eventlog::NewEvent event) {
    eventlog::RecordPlace place;
    place.position = realization_.size();
    place.stream_revision = ++stream_revisions_[stream];
    place.recorded_time = absl::FromUnixNanos(absl::ToUnixNanos(absl::Now()));
    realization_.push_back(
        eventlog::MakeRecord(place,
                             eventlog::TestRequest(absl::StrCat("r", place.position),
                                                   place.stream_revision - 1, stream, {}),
                             std::move(event)));
  }

  std::vector<planning::v1::PlanEvent> planning_;  // By position, as planning serves them.
  std::vector<eventlog::StoredRecord> realization_;
  std::map<std::string, uint64_t> stream_revisions_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_TESTING_TEST_LOGS_H_
