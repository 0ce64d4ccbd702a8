// What /metrics shows, in Prometheus' text format. Counting costs a few relaxed atomic additions.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace minato::http {

// Thread-safe after the registrations, which belong to start-up.
class Metrics {
 public:
  // `operations` are the labels of request counters; requests that matched no row are "unmatched".
  explicit Metrics(const std::vector<std::string>& operations, const std::string& version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // A figure read when scraped. `name` follows Prometheus' rules and is unique; REQUIRES: `read`
  // does not throw.
  void add_gauge(std::string name, std::string description, std::function<double()> read);
  // The same for figures that only grow ("..._total").
  void add_counter(std::string name, std::string description, std::function<double()> read);

  // One gauge per value of a label: `read` gives (value of the label, figure).
  using Labelled = std::vector<std::pair<std::string, double>>;
  void add_gauges(std::string name, std::string description, std::string label,
                  std::function<Labelled()> read);

  static constexpr std::size_t kUnmatched = static_cast<std::size_t>(-1);
  void request_started();
  void request_ended(std::size_t operation, int status, std::chrono::nanoseconds took);

  [[nodiscard]] std::string render() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace minato::http
