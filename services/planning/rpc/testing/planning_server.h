// PlanningServer runs planning on a free port over a log in memory, for tests of planning and of
// services that ask it.
#ifndef SAKIP_SERVICES_PLANNING_RPC_TESTING_PLANNING_SERVER_H_
#define SAKIP_SERVICES_PLANNING_RPC_TESTING_PLANNING_SERVER_H_

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/base/log.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/memory_event_log.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/rpc/test_call.h"
#include "common/testing/fake_clock.h"
#include "services/planning/rpc/code_edition_service.h"
#include "services/planning/rpc/plan_watch_service.h"
#include "services/planning/rpc/planning_service.h"
#include "services/planning/rpc/reference_value_service.h"
#include "services/planning/rpc/scoring_policy_service.h"
#include "services/planning/store/planning_views.h"

namespace sakip::planning {

inline constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";
inline constexpr char kPlan2023[] = "regions/35.09/agencies/dinsos/annualPlans/2023";

inline v1::Agency TestAgency(const std::string& name = kDinsos) {
  v1::Agency agency;
  agency.set_name(name);
  agency.set_display_name("Dinas Sosial Kabupaten Jember");
  agency.set_government("Pemerintah Kabupaten Jember");
  return agency;
}

// The first revision of an annual plan with one node a level; a test changes what it is about.
inline v1::PlanDocument TestPlan() {
  v1::PlanDocument document;
  SAKIP_CHECK(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "regions/35.09/agencies/dinsos/annualPlans/2023"
        effective_date: "2023-01-01"
        annual_plan {
          year: 2023
          objectives {
            code: "S1"
            display_name: "Meningkatnya kesejahteraan sosial"
            indicators {
              code: "IKU1"
              display_name: "Persentase PSKS yang Berdaya"
              target { value: "90.2" unit: "%" }
              ratio { numerator: "PSKS yang berdaya" denominator: "PSKS" }
              time_aggregation: TIME_AGGREGATION_LAST
            }
            programs {
              code: "P1"
              display_name: "Program Rehabilitasi Sosial"
              activities {
                code: "K1"
                display_name: "Rehabilitasi Sosial Dasar"
                sub_activities {
                  code: "SK1"
                  display_name: "Penyediaan Alat Bantu"
                  indicators {
                    code: "SK1.1"
                    display_name: "Jumlah orang yang dibantu"
                    target { value: "60" unit: "orang" }
                  }
                  budget: "60979145376"
                }
              }
            }
          }
        }
      )pb",
      &document));
  return document;
}

// Not thread-safe; its clock stands at 21 November 2023.
class PlanningServer {
 public:
  PlanningServer() {
    SAKIP_CHECK(log_.Observe([this](uint64_t position, const eventlog::StoredRecord& record) {
                      views_.Apply(position, record);
                    })
                    .ok());
    rpc::GateOptions gate_options;
    gate_options.services = {v1::PlanningService::service_full_name(),
                             v1::CodeEditionService::service_full_name(),
                             v1::PlanWatchService::service_full_name(),
                             v1::ReferenceValueService::service_full_name(),
                             v1::ScoringPolicyService::service_full_name(),
                             eventlog::v1::EventLogService::service_full_name()};
    gate_ = rpc::Gate::Create(std::move(gate_options)).value();
    service_ = std::make_unique<PlanningService>(*gate_, log_, views_, clock_);
    code_edition_service_ =
        std::make_unique<CodeEditionService>(*gate_, log_, views_.code_editions(), clock_);
    reference_value_service_ =
        std::make_unique<ReferenceValueService>(*gate_, log_, views_.reference_values());
    scoring_policy_service_ =
        std::make_unique<ScoringPolicyService>(*gate_, log_, views_.scoring_policies(), clock_);
    watch_service_ = std::make_unique<PlanWatchService>(*gate_, log_);
    log_service_ = std::make_unique<eventlog::EventLogService>(*gate_, log_);
    rpc::ServerOptions server_options;
    server_options.services = {service_.get(),
                               code_edition_service_.get(),
                               reference_value_service_.get(),
                               scoring_policy_service_.get(),
                               watch_service_.get(),
                               log_service_.get()};
    server_ = rpc::Server::Start(std::move(server_options), *gate_).value();
    stub_ = v1::PlanningService::NewStub(server_->InProcessChannel());
    code_edition_stub_ = v1::CodeEditionService::NewStub(server_->InProcessChannel());
    reference_value_stub_ = v1::ReferenceValueService::NewStub(server_->InProcessChannel());
    scoring_policy_stub_ = v1::ScoringPolicyService::NewStub(server_->InProcessChannel());
  }

  void Stop() { server_.reset(); }

  const std::string& address() const { return server_->address(); }
  rpc::Server& server() { return *server_; }
  eventlog::EventLog& log() { return log_; }
  sakip::testing::FakeClock& clock() { return clock_; }
  v1::PlanningService::Stub& stub() { return *stub_; }
  v1::CodeEditionService::Stub& code_edition_stub() { return *code_edition_stub_; }
  v1::ReferenceValueService::Stub& reference_value_stub() { return *reference_value_stub_; }
  v1::ScoringPolicyService::Stub& scoring_policy_stub() { return *scoring_policy_stub_; }

  absl::StatusOr<v1::RegisterAgencyResponse> Register(const v1::Agency& agency,
                                                      const std::string& request_id,
                                                      const std::string& dev_identity = "") {
    v1::RegisterAgencyRequest request;
    *request.mutable_agency() = agency;
    request.set_request_id(request_id);
    return rpc::CallNow(*stub_, &v1::PlanningService::Stub::RegisterAgency, request, dev_identity);
  }

  absl::StatusOr<v1::PublishDocumentResponse> Publish(const v1::PlanDocument& document,
                                                      uint32_t expected_revision,
                                                      const std::string& request_id,
                                                      const std::string& dev_identity = "") {
    v1::PublishDocumentRequest request;
    *request.mutable_document() = document;
    request.set_expected_revision(expected_revision);
    request.set_request_id(request_id);
    return rpc::CallNow(*stub_, &v1::PlanningService::Stub::PublishDocument, request, dev_identity);
  }

 private:
  sakip::testing::FakeClock clock_;
  PlanningViews views_;
  eventlog::MemoryEventLog log_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<PlanningService> service_;
  std::unique_ptr<CodeEditionService> code_edition_service_;
  std::unique_ptr<ReferenceValueService> reference_value_service_;
  std::unique_ptr<ScoringPolicyService> scoring_policy_service_;
  std::unique_ptr<PlanWatchService> watch_service_;
  std::unique_ptr<eventlog::EventLogService> log_service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::PlanningService::Stub> stub_;
  std::unique_ptr<v1::CodeEditionService::Stub> code_edition_stub_;
  std::unique_ptr<v1::ReferenceValueService::Stub> reference_value_stub_;
  std::unique_ptr<v1::ScoringPolicyService::Stub> scoring_policy_stub_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_TESTING_PLANNING_SERVER_H_
