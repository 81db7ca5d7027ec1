// Questions of the conformance kit (README.md), as the events that planning and realization would
// have logged: the driver scores them by the way that scoring itself goes.
#ifndef SAKIP_TESTS_CONFORMANCE_QUESTION_H_
#define SAKIP_TESTS_CONFORMANCE_QUESTION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/eventlog/event_log.h"
#include "common/views/memory_view_store.h"
#include "services/scoring/store/projection.h"
#include "tests/conformance/documents.h"

namespace sakip::scoring::conformance {

inline constexpr char kAgency[] = "regions/35.09/agencies/dinas";

// The logs of one question, read into a view. Not thread-safe.
class Logs {
 public:
  // Adds the events of a history, in order.
  void AddPlanning(const Json& events, int year);
  void AddRealization(const Json& events, int year);

  // Adds what a plain question says of a year: a plan in force all year, and its submissions, with
  // the quarters up to `quarter` closed where it says so.
  void AddYear(const Json& facts, int year, int quarter);

  // Adds a strategic plan with these last targets, by indicator code and year.
  void AddStrategicTargets(const Json& targets, int first_year);

  // Reads all of it; `batch` events at a time.
  void Read(size_t batch = 1000);

  const Projection& projection() const { return projection_; }

 private:
  void AddPlanEvent(planning::v1::PlanEvent event, int64_t time);
  void AddPolicy(const Json& event);
  void AddSubmission(const Json& event, int year);
  void AddDocument(planning::v1::PlanDocument document, const std::string& collection,
                   const Json& event, int year);
  void AddRecord(const std::string& agency, int year, const google::protobuf::Message& event,
                 int64_t time);

  std::vector<planning::v1::PlanEvent> plan_events_;
  std::vector<eventlog::StoredRecord> records_;
  std::map<std::string, uint32_t> revisions_;  // Of documents and submissions, by name.
  views::MemoryViewStore store_;
  Projection projection_{store_};
};

}  // namespace sakip::scoring::conformance

#endif  // SAKIP_TESTS_CONFORMANCE_QUESTION_H_
