#include "services/realization/rpc/plan_directory.h"

#include <algorithm>

#include "services/realization/domain/submit.h"
#include "services/realization/rpc/planning_call.h"

namespace sakip::realization {
namespace {

using planning::v1::GetDocumentRequest;
using planning::v1::GetDocumentResponse;
using Async = planning::v1::PlanningService::StubInterface::async_interface;

void AddIndicators(const google::protobuf::RepeatedPtrField<planning::v1::Indicator>& indicators,
                   PlanCodes& codes) {
  for (const auto& indicator : indicators) codes.indicators.insert(indicator.code());
}

// Reads the revisions of one plan, the latest first, down to the one that is known already.
class Reading : public std::enable_shared_from_this<Reading> {
 public:
  Reading(planning::v1::PlanningService::Stub& planning, std::string plan,
          rpc::OutgoingCall outgoing, std::shared_ptr<const KnownPlan> known,
          std::function<void(absl::StatusOr<std::shared_ptr<const KnownPlan>>)> answer)
      : planning_(planning),
        plan_(std::move(plan)),
        outgoing_(std::move(outgoing)),
        known_(known == nullptr ? std::make_shared<KnownPlan>() : std::move(known)),
        result_(std::make_shared<KnownPlan>(*known_)),
        answer_(std::move(answer)) {}

  // Revision 0 is the latest.
  void Read(uint32_t revision) {
    GetDocumentRequest request;
    request.set_name(plan_);
    request.set_revision(revision);
    AskPlanning<Async, GetDocumentRequest, GetDocumentResponse>(
        *planning_.async(), &Async::GetDocument, request, outgoing_,
        [self = shared_from_this()](const absl::StatusOr<GetDocumentResponse>& response) {
          self->OnDocument(response);
        });
  }

 private:
  void OnDocument(const absl::StatusOr<GetDocumentResponse>& response) {
    if (absl::IsNotFound(response.status())) return answer_(PlanNotPublished(plan_));
    if (!response.ok()) return answer_(PlanningUnavailable(plan_, outgoing_, response.status()));
    const planning::v1::PlanDocument& document = response->document();
    if (document.revision() > known_->revision) {
      AddCodes(document.annual_plan(), result_->codes);
      result_->revision = std::max(result_->revision, document.revision());
    }
    if (document.revision() <= known_->revision + 1) return answer_(result_);
    Read(document.revision() - 1);
  }

  planning::v1::PlanningService::Stub& planning_;
  const std::string plan_;
  const rpc::OutgoingCall outgoing_;
  const std::shared_ptr<const KnownPlan> known_;
  const std::shared_ptr<KnownPlan> result_;
  const std::function<void(absl::StatusOr<std::shared_ptr<const KnownPlan>>)> answer_;
};

}  // namespace

void AddCodes(const planning::v1::AnnualPlan& plan, PlanCodes& codes) {
  for (const auto& objective : plan.objectives()) {
    codes.objectives.insert(objective.code());
    AddIndicators(objective.indicators(), codes);
    for (const auto& program : objective.programs()) {
      AddIndicators(program.indicators(), codes);
      for (const auto& activity : program.activities()) {
        AddIndicators(activity.indicators(), codes);
        for (const auto& sub_activity : activity.sub_activities()) {
          codes.sub_activities.insert(sub_activity.code());
          AddIndicators(sub_activity.indicators(), codes);
        }
      }
    }
  }
}

std::shared_ptr<const KnownPlan> PlanDirectory::Remembered(const std::string& plan) const {
  MutexLock lock(mutex_);
  const auto it = plans_.find(plan);
  return it == plans_.end() ? nullptr : it->second;
}

void PlanDirectory::Refresh(const std::string& plan, const rpc::OutgoingCall& outgoing,
                            Answer answer) {
  auto remember = [this, plan, answer = std::move(answer)](
                      absl::StatusOr<std::shared_ptr<const KnownPlan>> known) {
    if (known.ok()) Remember(plan, *known);
    answer(std::move(known));
  };
  std::make_shared<Reading>(*planning_, plan, outgoing, Remembered(plan), std::move(remember))
      ->Read(0);
}

void PlanDirectory::Remember(const std::string& plan, std::shared_ptr<const KnownPlan> known) {
  MutexLock lock(mutex_);
  const auto [it, is_new] = plans_.emplace(plan, known);
  if (!is_new) {
    if (it->second->revision < known->revision) it->second = std::move(known);
    return;
  }
  oldest_first_.push_back(plan);
  if (oldest_first_.size() > kPlansMax) {
    plans_.erase(oldest_first_.front());
    oldest_first_.pop_front();
  }
}

}  // namespace sakip::realization
