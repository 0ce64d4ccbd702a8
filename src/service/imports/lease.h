// Holding on to a job while it runs.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "core/time.h"
#include "storage/push_store.h"

namespace minato::service {

struct LeaseTerms {
  std::string job_id;
  std::string owner;
  std::int64_t seconds = 60;
};

// Renews the lease on a thread of its own until it is destroyed: reading a large file takes longer
// than a lease.
class LeaseKeeper {
 public:
  LeaseKeeper(storage::PushStore& store, const core::Clock& clock, LeaseTerms terms);
  ~LeaseKeeper();
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

  // Somebody else has the job.
  [[nodiscard]] bool lost() const { return lost_.load(); }
  // Now, durably; false: lost, or the store failed. Thread-safe.
  bool renew();

 private:
  void keep();

  storage::PushStore& store_;
  const core::Clock& clock_;
  const LeaseTerms terms_;
  std::atomic<bool> lost_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace minato::service
