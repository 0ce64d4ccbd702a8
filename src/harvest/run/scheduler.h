// Starts jobs when they are due and takes up those that were left behind, each source on a thread
// of its own, so that a slow or dead one delays nobody.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/error.h"
#include "harvest/run/runner.h"

namespace minato::harvest {

struct SchedulerOptions {
  std::int64_t poll_ms = 1000;     // how often harvest.db is looked at
  std::int64_t max_parallel = 40;  // jobs at once
  // Told of every job that ended or failed to start.
  std::function<void(const core::HarvestSource&, const core::Result<RunResult>&)> ended;
};

// Sources added, paused or asked to run now by another process are seen at the next poll.
class Scheduler {
 public:
  Scheduler(const RunnerStores& stores, Runner& runner, SchedulerOptions options);
  // Interrupts running jobs at their next step; they stay unfinished.
  ~Scheduler();

  struct Figures {
    std::int64_t running = 0;
    std::int64_t finished = 0;  // since the start
    std::int64_t failed = 0;
  };
  [[nodiscard]] Figures figures() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace minato::harvest
