#include "tests/bench/reporters.h"

#include <latch>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

using planning::v1::PlanDocument;
using realization::v1::BudgetRealization;
using realization::v1::IndicatorRealization;
using realization::v1::Submission;
using realization::v1::SubmitQuarterResponse;

constexpr size_t kAgenciesPerSlot = 8;
constexpr size_t kSubActivities = kSubmissionLines / 2;  // Each has an indicator and a budget.

std::string AgencyOf(size_t slot, size_t agency) {
  return absl::StrCat("regions/35.", 10 + slot % 30, "/agencies/a", slot, "-", agency);
}

std::string CodeOf(size_t sub_activity) {
  return absl::StrFormat("1.06.02.2.01.%04d", sub_activity + 1);
}

PlanDocument PlanOf(const std::string& agency) {
  PlanDocument document = planning::TestPlan();
  document.set_name(agency + "/annualPlans/2023");
  auto* activity = document.mutable_annual_plan()
                       ->mutable_objectives(0)
                       ->mutable_programs(0)
                       ->mutable_activities(0);
  const planning::v1::SubActivity pattern = activity->sub_activities(0);
  activity->clear_sub_activities();
  for (size_t i = 0; i < kSubActivities; ++i) {
    planning::v1::SubActivity* added = activity->add_sub_activities();
    *added = pattern;
    added->set_code(CodeOf(i));
    added->mutable_indicators(0)->set_code(CodeOf(i) + ".1");
  }
  return document;
}

// Half of the lines are indicators, half budgets; their narratives fill it up to `bytes`.
Submission MakeSubmission(size_t lines, size_t bytes) {
  Submission submission;
  submission.set_name(AgencyOf(100, 0) + "/submissions/2023Q1");
  submission.set_coverage(Submission::COVERAGE_QUARTER);
  submission.set_reason("Koreksi");
  for (size_t line = 0; line < lines; ++line) {
    if (line % 2 == 0) {
      IndicatorRealization* indicator = submission.add_indicators();
      indicator->set_indicator_code(CodeOf(line / 2) + ".1");
      indicator->set_quantity(absl::StrCat(15 + line));
      indicator->set_unit("orang");
    } else {
      BudgetRealization* budget = submission.add_budgets();
      budget->set_sub_activity_code(CodeOf(line / 2));
      budget->set_realized(absl::StrCat(1000000 + line, ".50"));
    }
  }
  const size_t used = submission.ByteSizeLong();
  const size_t words = bytes > used ? (bytes - used) / lines : 0;
  for (auto& line : *submission.mutable_indicators()) {
    line.mutable_narrative()->set_constraints(Text(words, line.ByteSizeLong()));
  }
  for (auto& line : *submission.mutable_budgets()) {
    line.mutable_narrative()->set_follow_up(Text(words, line.ByteSizeLong()));
  }
  return submission;
}

}  // namespace

RealizationServer::RealizationServer(const std::string& planning_address, Trail trail)
    : planning_channel_(rpc::MakeChannel({.target = planning_address}).value()),
      plans_(planning_channel_),
      planning_(planning_channel_) {
  SAKIP_CHECK(log_->Observe([this](uint64_t position, const eventlog::StoredRecord& record) {
                    view_.Apply(position, record);
                  })
                  .ok());
  rpc::GateOptions gate_options;
  gate_options.services = {realization::v1::RealizationService::service_full_name()};
  if (trail == Trail::kAudited) {
    audit_ = std::make_unique<audit::AuditLog>(
        *audit_log_, audit::AuditLogOptions{.writer = {.actor = "bench", .metrics = &metrics_}});
  }
  gate_options.audit = audit_.get();
  gate_options.metrics = &metrics_;
  gate_ = rpc::Gate::Create(std::move(gate_options)).value();
  service_ = std::make_unique<realization::RealizationService>(*gate_, *log_, view_, references_,
                                                               planning_, clock_);
  rpc::ServerOptions server_options;
  server_options.services = {service_.get()};
  server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
}

void PublishPlans(planning::PlanningServer& planning, size_t slots) {
  for (size_t slot = 0; slot < slots; ++slot) {
    for (size_t agency = 0; agency < kAgenciesPerSlot; ++agency) {
      const std::string name = AgencyOf(slot, agency);
      SAKIP_CHECK(planning.Register(planning::TestAgency(name), "agency").ok());
      SAKIP_CHECK(planning.Publish(PlanOf(name), 0, "plan").ok());
    }
  }
}

Reporters::Reporters(const std::string& address, size_t slots, size_t lines, size_t bytes)
    : stubs_(address, slots), slots_(slots) {
  for (Slot& slot : slots_) *slot.request.mutable_submission() = MakeSubmission(lines, bytes);
}

void Reporters::WarmUp() {
  for (size_t agency = 0; agency < kAgenciesPerSlot; ++agency) {
    std::latch answered(static_cast<ptrdiff_t>(slots_.size()));
    for (size_t slot = 0; slot < slots_.size(); ++slot) {
      Start(slot, [&answered] { answered.count_down(); });
    }
    answered.wait();
  }
}

void Reporters::Start(size_t slot, std::function<void()> done) {
  // One agency after another, then the next quarter, then again from the first as a correction.
  constexpr uint64_t kQuarters = 4;
  Slot& state = slots_[slot];
  const uint64_t submitted = state.submitted++;
  const uint64_t quarter = submitted / kAgenciesPerSlot % kQuarters;
  state.request.mutable_submission()->set_name(absl::StrCat(
      AgencyOf(slot, submitted % kAgenciesPerSlot), "/submissions/2023Q", quarter + 1));
  state.request.set_expected_revision(
      static_cast<uint32_t>(submitted / (kAgenciesPerSlot * kQuarters)));
  state.request.set_request_id(absl::StrCat("s-", submitted));
  StartCall<SubmitQuarterResponse>(
      [&](auto* context, auto* response, auto answer) {
        stubs_.of(slot).async()->SubmitQuarter(context, &state.request, response,
                                               std::move(answer));
      },
      [done = std::move(done)](const SubmitQuarterResponse&) { done(); });
}

}  // namespace sakip::bench
