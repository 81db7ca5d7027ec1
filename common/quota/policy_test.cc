#include "common/quota/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::quota {
namespace {

using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kDinsos[] = "regions/35.09/agencies/dinsos";

Limits LimitsIn(const std::string& json, const Payer& payer) {
  const auto policy = Policy::Parse(json);
  EXPECT_THAT(policy, IsOk());
  return policy.ok() ? policy->LimitsOf(payer) : Limits();
}

TEST(Policy, LimitsNobodyWhereNothingIsSaid) {
  for (const Payer& payer : {TenantPayer(kDinsos), TenantPayer("regions/-"),
                             Payer{PayerKind::kCaller, "x"}, Payer{PayerKind::kService, "y"}}) {
    EXPECT_EQ(LimitsIn("{}", payer), Limits());
  }
}

TEST(Policy, HasLimitsForEachKind) {
  const std::string json = R"({
    "agencies": {"costPerSecond": 100, "bytesPerSecond": "1000000", "streams": 4},
    "regions": {"cost_per_second": 200, "cost_burst": 300},
    "callers": {"callsInFlight": 8},
    "services": {"streams": 16},
    "operators": {"costPerSecond": 7}})";

  EXPECT_EQ(LimitsIn(json, TenantPayer(kDinsos)),
            (Limits{.cost = Rate{100, 200}, .bytes = Rate{1000000, 2000000}, .streams = 4}));
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/35")), (Limits{.cost = Rate{200, 300}}));
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/-")), (Limits{.cost = Rate{200, 300}}));
  EXPECT_EQ(LimitsIn(json, {PayerKind::kCaller, "x"}), (Limits{.calls = 8}));
  EXPECT_EQ(LimitsIn(json, {PayerKind::kService, "scoring"}), (Limits{.streams = 16}));
  EXPECT_EQ(LimitsIn(json, {PayerKind::kOperator, "o"}), (Limits{.cost = Rate{7, 14}}));
}

TEST(Policy, TakesTheNearestExceptionForWhatItSets) {
  const std::string json = R"({
    "agencies": {"costPerSecond": 100, "streams": 4},
    "overrides": [
      {"agenciesIn": "regions/35", "limits": {"costPerSecond": 50}},
      {"agenciesIn": "regions/35.09", "limits": {"costPerSecond": 60, "callsInFlight": 3}},
      {"tenant": "regions/35.09/agencies/dinsos", "limits": {"streams": 9}},
      {"caller": "portal", "limits": {"streams": 1}}]})";

  EXPECT_EQ(LimitsIn(json, TenantPayer(kDinsos)),
            (Limits{.cost = Rate{60, 120}, .streams = 9, .calls = 3}));
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/35.10/agencies/dinsos")),
            (Limits{.cost = Rate{50, 100}, .streams = 4}));
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/35.09.01/agencies/x")),
            (Limits{.cost = Rate{60, 120}, .streams = 4, .calls = 3}));
  // By segment: 35 is not above 3.
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/36.09/agencies/dinsos")),
            (Limits{.cost = Rate{100, 200}, .streams = 4}));
  EXPECT_EQ(LimitsIn(json, TenantPayer("regions/35")), Limits());
  EXPECT_EQ(LimitsIn(json, {PayerKind::kService, "portal"}), (Limits{.streams = 1}));
}

TEST(Policy, IsNoPolicyWhereAFieldIsUnknownOrNoNumber) {
  const auto unknown = Policy::Parse(R"({"agencies": {"cost_per_minute": 5}})");
  EXPECT_THAT(unknown, StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(std::string(unknown.status().message()), HasSubstr("cost_per_minute"));
  EXPECT_THAT(Policy::Parse(R"({"agencies": {"streams": -1}})"),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(Policy::Parse("{"), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(Policy::Parse(""), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST(Policy, NamesEveryFieldAtFault) {
  const auto policy = Policy::Parse(R"({
    "agencies": {"costPerSecond": 0, "bytesPerSecond": "1000000000001"},
    "overrides": [
      {"tenant": "dinsos", "limits": {"streams": 0}},
      {"agenciesIn": "regions/-"},
      {"limits": {}},
      {"caller": ""},
      {"caller": "portal"},
      {"caller": "portal"}],
    "watched": ["portal", "callers/", "callers/portal"]})");

  for (const char* field :
       {"agencies.cost_per_second", "agencies.bytes_per_second", "overrides[0].limits.streams",
        "overrides[0].tenant", "overrides[1].agencies_in", "overrides[2]", "overrides[3].caller",
        "overrides[5].caller", "watched[0]", "watched[1]"}) {
    EXPECT_THAT(policy, HasField(field));
  }
  EXPECT_EQ(FieldViolations(policy.status()).size(), 10u);
}

TEST(Policy, KnowsWhoIsWatched) {
  const auto policy = Policy::Parse(R"({"watched": ["regions/35", "callers/portal"]})");

  ASSERT_THAT(policy, IsOk());
  EXPECT_THAT(policy->watched(), ElementsAre("callers/portal", "regions/35"));
}

}  // namespace
}  // namespace sakip::quota
