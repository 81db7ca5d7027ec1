#include "common/rpc/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <deque>

#include "common/base/mutex.h"

namespace sakip::rpc {
namespace {

class InertCounter : public Counter {
 public:
  void Increment(double) override {}
};

class InertGauge : public Gauge {
 public:
  void Set(double) override {}
  void Add(double) override {}
};

class InertHistogram : public Histogram {
 public:
  void Observe(double) override {}
};

class Inert : public Metrics {
 public:
  Counter& AddCounter(absl::string_view, absl::string_view, const MetricLabels&) override {
    return counter_;
  }
  Gauge& AddGauge(absl::string_view, absl::string_view, const MetricLabels&) override {
    return gauge_;
  }
  Histogram& AddHistogram(absl::string_view, absl::string_view, const MetricLabels&,
                          const std::vector<double>&) override {
    return histogram_;
  }

 private:
  InertCounter counter_;
  InertGauge gauge_;
  InertHistogram histogram_;
};

class PrometheusCounter : public Counter {
 public:
  explicit PrometheusCounter(prometheus::Counter& counter) : counter_(counter) {}
  void Increment(double by) override { counter_.Increment(by); }

 private:
  prometheus::Counter& counter_;
};

class PrometheusGauge : public Gauge {
 public:
  explicit PrometheusGauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
  void Set(double value) override { gauge_.Set(value); }
  void Add(double by) override { gauge_.Increment(by); }

 private:
  prometheus::Gauge& gauge_;
};

class PrometheusHistogram : public Histogram {
 public:
  explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void Observe(double value) override { histogram_.Observe(value); }

 private:
  prometheus::Histogram& histogram_;
};

}  // namespace

Metrics& InertMetrics() {
  static Inert& metrics = *new Inert;
  return metrics;
}

// Deques, because references into them are handed out.
struct PrometheusMetrics::Handles {
  Mutex mutex;
  std::deque<PrometheusCounter> counters ABSL_GUARDED_BY(mutex);
  std::deque<PrometheusGauge> gauges ABSL_GUARDED_BY(mutex);
  std::deque<PrometheusHistogram> histograms ABSL_GUARDED_BY(mutex);
};

PrometheusMetrics::PrometheusMetrics()
    : registry_(std::make_shared<prometheus::Registry>()), handles_(std::make_unique<Handles>()) {}

PrometheusMetrics::~PrometheusMetrics() = default;

Counter& PrometheusMetrics::AddCounter(absl::string_view name, absl::string_view help,
                                       const MetricLabels& labels) {
  auto& family = prometheus::BuildCounter()
                     .Name(std::string(name))
                     .Help(std::string(help))
                     .Register(*registry_);
  MutexLock lock(handles_->mutex);
  return handles_->counters.emplace_back(family.Add(labels));
}

Gauge& PrometheusMetrics::AddGauge(absl::string_view name, absl::string_view help,
                                   const MetricLabels& labels) {
  auto& family =
      prometheus::BuildGauge().Name(std::string(name)).Help(std::string(help)).Register(*registry_);
  MutexLock lock(handles_->mutex);
  return handles_->gauges.emplace_back(family.Add(labels));
}

Histogram& PrometheusMetrics::AddHistogram(absl::string_view name, absl::string_view help,
                                           const MetricLabels& labels,
                                           const std::vector<double>& bounds) {
  auto& family = prometheus::BuildHistogram()
                     .Name(std::string(name))
                     .Help(std::string(help))
                     .Register(*registry_);
  MutexLock lock(handles_->mutex);
  return handles_->histograms.emplace_back(family.Add(labels, bounds));
}

std::string PrometheusMetrics::Text() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace sakip::rpc
