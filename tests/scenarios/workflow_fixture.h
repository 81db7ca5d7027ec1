// WorkflowTest calls realization's workflow over gRPC as clients do. Planning is a real one on a
// port of its own; both logs are in memory.
#ifndef SAKIP_TESTS_SCENARIOS_WORKFLOW_FIXTURE_H_
#define SAKIP_TESTS_SCENARIOS_WORKFLOW_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/message/timestamp.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "services/realization/rpc/testing/realization_server.h"

namespace sakip::realization {

inline constexpr char kQ1[] = "regions/35.09/agencies/dinsos/submissions/2023Q1";
inline constexpr char kReporter[] = "subject=rep;roles=reporter;scopes=regions/35.09";
inline constexpr char kVerifier[] = "subject=ver;roles=verifier;scopes=regions/35.09";
inline constexpr char kHead[] = "subject=head;roles=agency_head;scopes=regions/35.09";

class WorkflowTest : public ::testing::Test {
 protected:
  using Stub = v1::RealizationService::Stub;

  void PublishPlan() {
    ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), sakip::testing::IsOk());
    ASSERT_THAT(planning_.Publish(planning::TestPlan(), 0, "plan"), sakip::testing::IsOk());
  }

  // Each call takes a request id of its own unless one is given.
  std::string Id(const std::string& given) {
    return given.empty() ? absl::StrCat("id-", ++ids_) : given;
  }

  // The quarter of the test unless another is given.
  std::string NameOr(const std::string& given) const { return given.empty() ? name_ : given; }

  absl::StatusOr<v1::SubmitQuarterResponse> Submit(uint32_t expected_revision,
                                                   const std::string& quantity = "15",
                                                   const std::string& name = "") {
    v1::SubmitQuarterRequest request;
    *request.mutable_submission() = TestSubmission(NameOr(name));
    request.mutable_submission()->mutable_indicators(0)->set_quantity(quantity);
    if (expected_revision > 0) request.mutable_submission()->set_reason("Koreksi");
    request.set_expected_revision(expected_revision);
    request.set_request_id(Id(""));
    return rpc::CallNow(realization_.stub(), &Stub::SubmitQuarter, request, kReporter);
  }

  absl::StatusOr<v1::VerifySubmissionResponse> Verify(const std::string& digest,
                                                      const std::string& id = "",
                                                      const std::string& identity = kVerifier) {
    v1::VerifySubmissionRequest request;
    request.set_name(name_);
    request.set_content_digest(digest);
    request.set_note("Sesuai bukti");
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::VerifySubmission, request, identity);
  }

  absl::StatusOr<v1::ReturnSubmissionResponse> Return(const std::string& digest,
                                                      const std::string& code = "SK1.1",
                                                      const std::string& id = "",
                                                      const std::string& identity = kVerifier) {
    v1::ReturnSubmissionRequest request;
    request.set_name(name_);
    request.set_content_digest(digest);
    v1::ReturnReason& reason = *request.add_reasons();
    reason.set_code(code);
    reason.set_reason("Bukti tidak ada");
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::ReturnSubmission, request, identity);
  }

  absl::StatusOr<v1::ApproveSubmissionResponse> Approve(const std::string& digest,
                                                        const std::string& id = "",
                                                        const std::string& identity = kHead) {
    v1::ApproveSubmissionRequest request;
    request.set_name(name_);
    request.set_content_digest(digest);
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::ApproveSubmission, request, identity);
  }

  absl::StatusOr<v1::OpenQuarterResponse> Open(absl::Time due, const std::string& reason = "",
                                               const std::string& name = "",
                                               const std::string& id = "",
                                               const std::string& identity = kVerifier) {
    v1::OpenQuarterRequest request;
    request.set_name(NameOr(name));
    *request.mutable_due_time() = ToTimestamp(due);
    request.set_reason(reason);
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::OpenQuarter, request, identity);
  }

  absl::StatusOr<v1::CloseQuarterResponse> Close(const std::string& name = "",
                                                 const std::string& id = "",
                                                 const std::string& identity = kVerifier) {
    v1::CloseQuarterRequest request;
    request.set_name(NameOr(name));
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::CloseQuarter, request, identity);
  }

  absl::StatusOr<v1::ReopenQuarterResponse> Reopen(const std::string& reason = "Temuan reviu",
                                                   const std::string& id = "",
                                                   const std::string& identity = kVerifier) {
    v1::ReopenQuarterRequest request;
    request.set_name(name_);
    request.set_reason(reason);
    request.set_request_id(Id(id));
    return rpc::CallNow(realization_.stub(), &Stub::ReopenQuarter, request, identity);
  }

  absl::StatusOr<v1::Quarter> Get(const std::string& name = "",
                                  const std::string& identity = kVerifier) {
    v1::GetQuarterRequest request;
    request.set_name(NameOr(name));
    auto response = rpc::CallNow(realization_.stub(), &Stub::GetQuarter, request, identity);
    if (!response.ok()) return response.status();
    return response->quarter();
  }

  absl::StatusOr<v1::Submission> GetSubmission(uint32_t revision = 0) {
    v1::GetSubmissionRequest request;
    request.set_name(name_);
    request.set_revision(revision);
    auto response = rpc::CallNow(realization_.stub(), &Stub::GetSubmission, request, kReporter);
    if (!response.ok()) return response.status();
    return response->submission();
  }

  // Submits, verifies and approves; returns the digest.
  std::string ApproveFirst() {
    const std::string digest = Submit(0)->submission().content_digest();
    EXPECT_THAT(Verify(digest), sakip::testing::IsOk());
    EXPECT_THAT(Approve(digest), sakip::testing::IsOk());
    return digest;
  }

  uint64_t end() { return realization_.log().end_position(); }

  std::string name_ = kQ1;
  planning::PlanningServer planning_;
  RealizationServer realization_{planning_.address()};

 private:
  int ids_ = 0;
};

}  // namespace sakip::realization

#endif  // SAKIP_TESTS_SCENARIOS_WORKFLOW_FIXTURE_H_
