#include "common/rpc/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/metrics_endpoint.h"
#include "common/rpc/test_connection.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

// The answer to `GET /metrics`.
std::string Scrape(const std::string& address) {
  const OpenFile connection = ConnectTo(address);
  SendTo(connection, "GET /metrics HTTP/1.0\r\n\r\n");
  std::string answer;
  for (std::string more; !(more = ReceiveFrom(connection, 4096)).empty();) answer += more;
  return answer;
}

TEST(PrometheusMetrics, ShowsEachKindWithItsLabels) {
  PrometheusMetrics metrics;

  metrics.AddCounter("sakip_x_total", "Xs.", {{"kind", "a"}}).Increment(2);
  metrics.AddGauge("sakip_y", "Ys.", {}).Set(7);
  metrics.AddGauge("sakip_y", "Ys.", {}).Add(-3);
  metrics.AddHistogram("sakip_z_seconds", "Zs.", {}, {1, 2}).Observe(1.5);

  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("# HELP sakip_x_total Xs."));
  EXPECT_THAT(text, HasSubstr("sakip_x_total{kind=\"a\"} 2"));
  EXPECT_THAT(text, HasSubstr("sakip_y 4"));
  EXPECT_THAT(text, HasSubstr("sakip_z_seconds_bucket{le=\"1\"} 0"));
  EXPECT_THAT(text, HasSubstr("sakip_z_seconds_bucket{le=\"2\"} 1"));
}

TEST(InertMetrics, TakesEverything) {
  InertMetrics().AddCounter("a", "A.", {}).Increment(1);
  InertMetrics().AddGauge("b", "B.", {}).Set(1);
  InertMetrics().AddHistogram("c", "C.", {}, {1}).Observe(1);
}

TEST(MetricsEndpoint, ServesTheMetrics) {
  PrometheusMetrics metrics;
  metrics.AddCounter("sakip_x_total", "Xs.", {}).Increment(5);

  const auto endpoint = MetricsEndpoint::Start("127.0.0.1:0", metrics);

  ASSERT_THAT(endpoint, IsOk());
  EXPECT_THAT(Scrape((*endpoint)->address()), HasSubstr("sakip_x_total 5"));
}

TEST(MetricsEndpoint, RefusesAnAddressThatOthersReach) {
  PrometheusMetrics metrics;

  EXPECT_THAT(MetricsEndpoint::Start("0.0.0.0:0", metrics), StatusIs(StatusCode::kInvalidArgument));
}

TEST(MetricsEndpoint, TellsThatThePortIsTaken) {
  PrometheusMetrics metrics;
  const auto first = MetricsEndpoint::Start("127.0.0.1:0", metrics);
  ASSERT_THAT(first, IsOk());

  EXPECT_THAT(MetricsEndpoint::Start((*first)->address(), metrics),
              StatusIs(StatusCode::kUnavailable));
}

}  // namespace
}  // namespace sakip::rpc
