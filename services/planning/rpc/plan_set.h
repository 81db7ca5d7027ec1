// PlanSet is the documents of one agency as they stand while some are being published: those that
// are stored, and those that come now.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PLAN_SET_H_
#define SAKIP_SERVICES_PLANNING_RPC_PLAN_SET_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/eventlog/event_log.h"
#include "common/finding/finding.h"
#include "common/plan/proto/plan_from_proto.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/planning/domain/document_name.h"
#include "services/planning/domain/publish.h"
#include "services/planning/rpc/code_editions.h"
#include "services/planning/store/planning_view.h"

namespace sakip::planning {

// Not thread-safe. Borrows the view, the editions and the log. Lives for one decision.
class PlanSet {
 public:
  PlanSet(const PlanningView& view, const CodeEditions& editions, const eventlog::EventLog& log,
          std::string agency)
      : view_(view), editions_(editions), log_(log), agency_(std::move(agency)) {}

  // How many revisions the document has.
  uint32_t Published(const std::string& document);

  // Adds a document as the newest, with its revision set. Requires one that CheckDocument accepts.
  absl::Status Add(const v1::PlanDocument& document);

  // What does not fit in the document added last, between it and its agency, and between it and
  // those in force on its first day; for a strategic plan, in each of its years. As many
  // as KeptFindings keeps.
  //
  //   DATA_LOSS  RECORD_DAMAGED  a stored document or edition cannot be read.
  absl::StatusOr<std::vector<Finding>> FindingsOf(const v1::PlanDocument& document,
                                                  const v1::Agency& agency);

  // How many findings FindingsOf looked at so far, also those that are of other documents.
  size_t noted() const { return noted_; }

  // The documents of the year in force on `day`; nullptr where there is none. They live as long as
  // this. Errors are those of FindingsOf.
  absl::StatusOr<const plan::AnnualPlan*> AnnualPlanOf(int year, absl::CivilDay day);
  absl::StatusOr<const plan::StrategicPlan*> StrategicPlanOf(int year, absl::CivilDay day);

 private:
  // A revision; read once it is needed.
  struct Entry {
    RevisionState state;
    std::shared_ptr<const plan::AnyPlan> plan;
  };

  std::vector<Entry>& Entries(const std::string& document);

  // The document of the year in force on `day`; nullptr where there is none.
  template <typename Plan>
  absl::StatusOr<const Plan*> InForce(DocumentKind kind, int year, absl::CivilDay day);
  template <typename Plan>
  absl::StatusOr<const Plan*> InForce(const std::string& document, absl::CivilDay day);

  // What the document says that does not fit in itself, before the others are looked at.
  absl::Status NoteItself(const Entry& entry, const std::string& document, Findings& findings);
  absl::Status NoteItself(const plan::AnnualPlan& annual_plan, Findings& findings);
  absl::Status NoteItself(const plan::StrategicPlan& strategic_plan, const std::string& document,
                          Findings& findings);

  absl::Status NoteYear(int year, absl::CivilDay day, Findings& findings);

  const PlanningView& view_;
  const CodeEditions& editions_;
  const eventlog::EventLog& log_;
  const std::string agency_;
  std::map<std::string, std::vector<Entry>> documents_;
  size_t noted_ = 0;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PLAN_SET_H_
