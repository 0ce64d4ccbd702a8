// One line at the foot of a terminal that tells how far the harvests are.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <ostream>
#include <string>

#include "core/error.h"
#include "core/harvest.h"

namespace minato::cli {

// Thread-safe. Draws nothing unless `visible`.
class HarvestProgress {
 public:
  struct Options {
    std::size_t sources = 0;  // to be harvested
    bool visible = false;
    core::Language language = core::Language::kJa;
  };
  HarvestProgress(std::ostream& terminal, const Options& options)
      : terminal_(terminal), options_(options) {}
  ~HarvestProgress() { clear(); }
  HarvestProgress(const HarvestProgress&) = delete;
  HarvestProgress& operator=(const HarvestProgress&) = delete;

  void update(const core::HarvestJob& job);
  // A source is done: `print` writes lines of its own, above the bar; one at a time.
  void ended(const std::function<void()>& print);
  // Lines in between.
  void print(const std::function<void()>& print);

 private:
  void draw();
  void clear();
  [[nodiscard]] std::string line() const;

  std::ostream& terminal_;
  Options options_;
  std::mutex mutex_;  // guards what follows, and the terminal
  std::size_t done_ = 0;
  std::map<std::string, core::JobCounts> counts_;  // by source
  std::chrono::steady_clock::time_point next_draw_{};
};

}  // namespace minato::cli
