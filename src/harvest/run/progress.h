// Tells whoever waits how far a job is.
#pragma once

#include <chrono>

#include "core/harvest.h"
#include "harvest/fetch/fetcher.h"
#include "harvest/run/runner.h"

namespace minato::harvest {

class Progress {
 public:
  Progress(const core::HarvestJob& job, const Fetcher& fetcher, storage::HarvestStore& store,
           const RunCallbacks& callbacks)
      : job_(job),
        requests_before_(job.requests),
        bytes_before_(job.received_bytes),
        fetcher_(fetcher),
        store_(store),
        callbacks_(callbacks) {}

  // At most five times a second: counting is not free.
  void show();
  // What the job has cost so far, by all who had it.
  [[nodiscard]] Fetcher::Usage usage() const {
    const Fetcher::Usage now = fetcher_.usage();
    return {requests_before_ + now.requests, bytes_before_ + now.bytes};
  }

 private:
  const core::HarvestJob& job_;
  const std::int64_t requests_before_;
  const std::int64_t bytes_before_;
  const Fetcher& fetcher_;
  storage::HarvestStore& store_;
  const RunCallbacks& callbacks_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace minato::harvest
