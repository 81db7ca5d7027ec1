// Metrics hands out counters, gauges and histograms; two kinds exist: one that Prometheus scrapes,
// one that forgets.
#ifndef SAKIP_COMMON_RPC_METRICS_H_
#define SAKIP_COMMON_RPC_METRICS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace prometheus {
class Registry;
}  // namespace prometheus

namespace sakip::rpc {

// Thread-safe.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void Increment(double by) = 0;  // `by` is not negative.
};

// Thread-safe.
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void Set(double value) = 0;
  virtual void Add(double by) = 0;
};

// Thread-safe.
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double value) = 0;
};

using MetricLabels = std::map<std::string, std::string>;

// Thread-safe, but registering takes a lock: do it at start and keep the reference, which lives as
// long as the Metrics. Names are `sakip_<thing>_<unit>`, counters end in `_total`. The same name
// and labels give the same metric again; a name has one kind and one set of label keys.
class Metrics {
 public:
  virtual ~Metrics() = default;
  virtual Counter& AddCounter(absl::string_view name, absl::string_view help,
                              const MetricLabels& labels) = 0;
  virtual Gauge& AddGauge(absl::string_view name, absl::string_view help,
                          const MetricLabels& labels) = 0;
  // `bounds` are the upper bounds of the buckets, rising.
  virtual Histogram& AddHistogram(absl::string_view name, absl::string_view help,
                                  const MetricLabels& labels,
                                  const std::vector<double>& bounds) = 0;
};

// Forgets everything. Lives until the process ends.
Metrics& InertMetrics();

// Keeps metrics for Prometheus.
class PrometheusMetrics : public Metrics {
 public:
  PrometheusMetrics();
  ~PrometheusMetrics() override;

  Counter& AddCounter(absl::string_view name, absl::string_view help,
                      const MetricLabels& labels) override;
  Gauge& AddGauge(absl::string_view name, absl::string_view help,
                  const MetricLabels& labels) override;
  Histogram& AddHistogram(absl::string_view name, absl::string_view help,
                          const MetricLabels& labels, const std::vector<double>& bounds) override;

  // Everything in Prometheus' text format.
  std::string Text() const;

  const std::shared_ptr<prometheus::Registry>& registry() const { return registry_; }

 private:
  struct Handles;

  std::shared_ptr<prometheus::Registry> registry_;
  std::unique_ptr<Handles> handles_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_METRICS_H_
