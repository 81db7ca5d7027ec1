#include "tests/overload/province_services.h"

#include <sched.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/rpc/identity.h"
#include "common/rpc/test_call.h"
#include "sakip/realization/v1/realization_service.pb.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "tests/bench/calls.h"

namespace sakip::overload {
namespace {

constexpr char kAnyPolicy[] = "policies/permenpanrb-53-2014/versions/1";

// Processes that are started from now on run there too.
void MoveTo(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  // A machine of one processor has no other.
  if (sched_setaffinity(0, sizeof(set), &set) != 0) return;
}

std::vector<std::string> Flags(const std::string& folder, const std::string& quotas) {
  if (quotas.empty()) return {};
  const std::string path = folder + "/quotas.json";
  std::ofstream(path) << quotas;
  return {"--quota_file=" + path};
}

std::vector<std::string> And(std::vector<std::string> flags, const bench::Suite& suite) {
  flags.push_back("--planning=" + suite.planning_address());
  flags.push_back("--realization=" + suite.realization_address());
  return flags;
}

}  // namespace

ProvinceServices::ProvinceServices(uint64_t seed, size_t agencies, size_t sub_activities,
                                   const std::string& quotas, bool apart)
    : province_(seed, agencies, sub_activities),
      suite_(province_, folder_.path(), Flags(folder_.path(), quotas)) {
  if (apart) MoveTo(0);
  suite_.AddYear(kYear, [](size_t, const bench::AgencyYearData&) {});
  scoring_.emplace("scoringd", folder_.File("scoring"), And(Flags(folder_.path(), quotas), suite_));
  if (apart) MoveTo(1);
  const auto stub = scoring::v1::ScoringService::NewStub(bench::OwnConnection(scoring_->address()));
  scoring::v1::GetPolicyRequest request;
  request.set_name(kAnyPolicy);
  request.mutable_at_least()->set_planning(suite_.planning_records());
  request.mutable_at_least()->set_realization(suite_.realization_records());
  bench::MustBe(rpc::CallNow(*stub, &scoring::v1::ScoringService::Stub::GetPolicy, request, "",
                             absl::Minutes(1)));
}

std::string ProvinceServices::HeadOf(size_t agency) const {
  return rpc::FormatDevIdentity(absl::StrCat("head-", agency), {rpc::Role::kAgencyHead},
                                {AgencyName(agency)});
}

Request ProvinceServices::ScorecardOf(size_t agency) const {
  scoring::v1::GetScorecardRequest request;
  const std::string name = AgencyName(agency);
  request.set_name(absl::StrCat(name, "/scorecards/", kYear, "Q", kQuarters));
  request.set_with_comparisons(true);
  return Request(request, HeadOf(agency));
}

Request ProvinceServices::ListOf(size_t agency) const {
  scoring::v1::ListScorecardsRequest request;
  request.set_parent(AgencyName(agency));
  request.set_year(kYear);
  request.set_quarter(kQuarters);
  request.set_order_by("achievement desc");
  return Request(request, HeadOf(agency));
}

Request ProvinceServices::SummaryFor(size_t agency) const {
  scoring::v1::SummarizeScorecardsRequest request;
  const std::string agency_name = AgencyName(agency);
  const std::string region = agency_name.substr(0, agency_name.find("/agencies/"));
  request.set_parent(region);
  request.set_year(kYear);
  request.set_quarter(kQuarters);
  return Request(request, rpc::FormatDevIdentity(absl::StrCat("inspector-", agency),
                                                 {rpc::Role::kVerifier}, {region}));
}

Request ProvinceServices::CorrectionOf(size_t agency, uint64_t before) const {
  realization::v1::SubmitQuarterRequest request;
  *request.mutable_submission() =
      province_.Submission(agency, province_.Plan(agency, kYear), kQuarters);
  request.mutable_submission()->set_reason("Koreksi");
  request.set_expected_revision(1 + before);
  request.set_request_id(absl::StrCat("correction-", before));
  return Request(request, rpc::FormatDevIdentity(absl::StrCat("reporter-", agency),
                                                 {rpc::Role::kReporter}, {AgencyName(agency)}));
}

}  // namespace sakip::overload
