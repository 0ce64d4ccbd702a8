#include "http/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <utility>

#include "http/process_figures.h"

namespace minato::http {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::array<double, 12> kBounds = {0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                            0.025,  0.05,   0.1,   0.5,    1,     5};
constexpr std::array<const char*, 5> kClasses = {"1xx", "2xx", "3xx", "4xx", "5xx"};

void add_one(std::atomic<std::uint64_t>& counter) {
  counter.fetch_add(1, std::memory_order_relaxed);
}

std::size_t bucket_of(double seconds) {
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  return bucket;
}

MetricFamily single(std::string name, std::string help, MetricType type, double value) {
  ClientMetric metric;
  metric.gauge.value = value;
  metric.counter.value = value;
  return {std::move(name), std::move(help), type, {std::move(metric)}};
}

}  // namespace

struct Metrics::State {
  struct Operation {
    std::string name;
    std::array<std::atomic<std::uint64_t>, kClasses.size()> by_class{};
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> nanoseconds{0};
  };
  struct Figure {
    std::string name;
    std::string description;
    MetricType type;
    std::function<double()> read;
  };

  struct LabelledFigure {
    std::string name;
    std::string description;
    std::string label;
    std::function<Labelled()> read;
  };

  explicit State(std::size_t count) : operations(count) {}
  [[nodiscard]] MetricFamily request_counts() const;
  [[nodiscard]] MetricFamily durations() const;

  std::vector<Operation> operations;  // the last one is "unmatched"
  std::atomic<std::int64_t> in_flight{0};
  std::vector<Figure> figures;
  std::vector<LabelledFigure> labelled;
  std::string version;
};

MetricFamily Metrics::State::request_counts() const {
  MetricFamily family{"minato_http_requests_total", "Requests answered", MetricType::Counter, {}};
  for (const Operation& operation : operations) {
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
      const std::uint64_t count = operation.by_class[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      ClientMetric metric;
      metric.label = {{"operation", operation.name}, {"status", kClasses[i]}};
      metric.counter.value = static_cast<double>(count);
      family.metric.push_back(std::move(metric));
    }
  }
  return family;
}

MetricFamily Metrics::State::durations() const {
  MetricFamily family{"minato_http_request_duration_seconds",
                      "From the complete request to the reply's hand-over",
                      MetricType::Histogram,
                      {}};
  for (const Operation& operation : operations) {
    ClientMetric metric;
    metric.label = {{"operation", operation.name}};
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i <= kBounds.size(); ++i) {
      sum += operation.buckets[i].load(std::memory_order_relaxed);
      const double bound =
          i < kBounds.size() ? kBounds[i] : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({sum, bound});
    }
    if (sum == 0) continue;
    metric.histogram.sample_count = sum;
    metric.histogram.sample_sum =
        static_cast<double>(operation.nanoseconds.load(std::memory_order_relaxed)) / 1e9;
    family.metric.push_back(std::move(metric));
  }
  return family;
}

Metrics::Metrics(const std::vector<std::string>& operations, const std::string& version)
    : state_(std::make_unique<State>(operations.size() + 1)) {
  for (std::size_t i = 0; i < operations.size(); ++i) state_->operations[i].name = operations[i];
  state_->operations.back().name = "unmatched";
  state_->version = version;
  for (ProcessFigure& figure : process_figures()) {
    const auto type = figure.grows ? MetricType::Counter : MetricType::Gauge;
    state_->figures.push_back(
        {std::move(figure.name), std::move(figure.description), type, std::move(figure.read)});
  }
}

Metrics::~Metrics() = default;

void Metrics::add_gauge(std::string name, std::string description, std::function<double()> read) {
  state_->figures.push_back(
      {std::move(name), std::move(description), MetricType::Gauge, std::move(read)});
}

void Metrics::add_counter(std::string name, std::string description, std::function<double()> read) {
  state_->figures.push_back(
      {std::move(name), std::move(description), MetricType::Counter, std::move(read)});
}

void Metrics::add_gauges(std::string name, std::string description, std::string label,
                         std::function<Labelled()> read) {
  state_->labelled.push_back(
      {std::move(name), std::move(description), std::move(label), std::move(read)});
}

void Metrics::request_started() { state_->in_flight.fetch_add(1, std::memory_order_relaxed); }

void Metrics::request_ended(std::size_t operation, int status, std::chrono::nanoseconds took) {
  state_->in_flight.fetch_sub(1, std::memory_order_relaxed);
  State::Operation& counted = operation < state_->operations.size() ? state_->operations[operation]
                                                                    : state_->operations.back();
  const std::size_t status_class =
      status >= 100 && status < 600 ? static_cast<std::size_t>(status) / 100 : 5;
  add_one(counted.by_class[status_class - 1]);
  add_one(counted.buckets[bucket_of(std::chrono::duration<double>(took).count())]);
  counted.nanoseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count())),
                                std::memory_order_relaxed);
}

std::string Metrics::render() const {
  std::vector<MetricFamily> families;
  families.push_back(state_->request_counts());
  families.push_back(state_->durations());
  families.push_back(
      single("minato_http_requests_in_flight", "Requests being answered", MetricType::Gauge,
             static_cast<double>(state_->in_flight.load(std::memory_order_relaxed))));
  MetricFamily build =
      single("minato_build_info", "Always 1; the version is a label", MetricType::Gauge, 1);
  build.metric.front().label = {{"version", state_->version}};
  families.push_back(std::move(build));
  for (const State::Figure& figure : state_->figures) {
    families.push_back(single(figure.name, figure.description, figure.type, figure.read()));
  }
  for (const State::LabelledFigure& figure : state_->labelled) {
    MetricFamily family{figure.name, figure.description, MetricType::Gauge, {}};
    for (const auto& [label, value] : figure.read()) {
      ClientMetric metric;
      metric.label = {{figure.label, label}};
      metric.gauge.value = value;
      family.metric.push_back(std::move(metric));
    }
    if (!family.metric.empty()) families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace minato::http
