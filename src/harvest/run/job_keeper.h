// Keeps a claimed job ours while it is worked on, and says when the work must end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/error.h"
#include "core/time.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

struct KeptLease {
  std::string job_id;
  std::string owner;
  core::Timestamp until;  // as it was claimed
  std::int64_t lease_s = 60;
};

// Thread-safe. A thread of its own renews the lease every third of it, so that a slow page costs
// no lease, and a process that stands still loses it.
class JobKeeper {
 public:
  enum class End { kNone, kStopped, kLeaseLost, kDeadline };

  JobKeeper(storage::HarvestStore& store, const core::Clock& clock, KeptLease lease,
            const std::atomic<bool>& stop);
  // The lease stays as it is: see give_up().
  ~JobKeeper();
  JobKeeper(const JobKeeper&) = delete;
  JobKeeper& operator=(const JobKeeper&) = delete;

  // REQUIRES: called before the work begins.
  void set_deadline(core::Timestamp deadline);
  // Why the work must end, if it must. Cheap: for every step.
  [[nodiscard]] End ended();
  // Fails with "harvest-stopped", "harvest-lease-lost" or "harvest-deadline" when it must end.
  core::Result<void> check();
  // Asks the store at once whether the job is still ours.
  core::Result<void> renew();
  // Renews no more, and lets anybody take the job up from now on. The work must have ended.
  void give_up();

  // For transfers: becomes true soon after ended() says so.
  [[nodiscard]] const std::atomic<bool>* stop_flag() const { return &must_stop_; }
  [[nodiscard]] core::Deadline deadline() const { return steady_deadline_; }

 private:
  void keep();
  void end_keeping();
  bool renew_now();
  [[nodiscard]] bool is_past_lease() const;

  storage::HarvestStore& store_;
  const core::Clock& clock_;
  const KeptLease lease_;
  const std::atomic<bool>& stop_;
  std::optional<core::Timestamp> deadline_;
  core::Deadline steady_deadline_ = core::Deadline::max();
  std::atomic<bool> must_stop_{false};
  std::atomic<bool> is_lost_{false};
  std::atomic<std::int64_t> lease_until_us_;
  std::mutex renewing_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_ending_ = false;
  std::thread thread_;
};

// What a job says that was given up in order, in HarvestJob::lease_until; one that broke off has a
// later time there.
constexpr core::Timestamp kLeaseGivenUp{0};

}  // namespace minato::harvest
