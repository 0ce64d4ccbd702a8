#include "harvest/run/job_keeper.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace minato::harvest {

namespace {

constexpr std::chrono::milliseconds kLook{100};

core::Result<void> ended_error(JobKeeper::End end) {
  switch (end) {
    case JobKeeper::End::kNone:
      return {};
    case JobKeeper::End::kStopped:
      return core::fail(core::ErrorCode::kUnavailable, "harvest-stopped",
                        {"収集は途中で停止されました。", "The harvest was stopped on its way."},
                        {"次の実行が続きから再開します。", "The next run goes on where it ended."});
    case JobKeeper::End::kLeaseLost:
      return core::fail(core::ErrorCode::kConflict, "harvest-lease-lost",
                        {"このジョブは中止されたか、別のプロセスに引き継がれました。",
                         "This job was aborted, or another process has taken it up."},
                        {"minato harvest status で今の状態を確かめてください。",
                         "Look at its state with minato harvest status."});
    case JobKeeper::End::kDeadline:
      break;
  }
  return core::fail(core::ErrorCode::kDeadline, "harvest-deadline",
                    {"ジョブの制限時間を過ぎました。", "The job ran out of its time."},
                    {"収集元が遅いか大きすぎます。範囲を絞るか harvest.job_timeout_s "
                     "を延ばしてください。",
                     "The source is slow or large: narrow it, or raise harvest.job_timeout_s."});
}

}  // namespace

JobKeeper::JobKeeper(storage::HarvestStore& store, const core::Clock& clock, KeptLease lease,
                     const std::atomic<bool>& stop)
    : store_(store),
      clock_(clock),
      lease_(std::move(lease)),
      stop_(stop),
      lease_until_us_(lease_.until.us),
      thread_([this] { keep(); }) {}

JobKeeper::~JobKeeper() { end_keeping(); }

void JobKeeper::end_keeping() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JobKeeper::set_deadline(core::Timestamp deadline) {
  const std::int64_t left_us = std::max<std::int64_t>(deadline.us - clock_.now().us, 0);
  steady_deadline_ = std::chrono::steady_clock::now() + std::chrono::microseconds(left_us);
  const std::lock_guard lock(mutex_);
  deadline_ = deadline;
}

JobKeeper::End JobKeeper::ended() {
  if (is_past_lease()) renew_now();  // nobody may have taken it
  End end = End::kNone;
  if (is_lost_.load()) {
    end = End::kLeaseLost;
  } else if (stop_.load()) {
    end = End::kStopped;
  } else {
    const std::lock_guard lock(mutex_);
    if (deadline_ && clock_.now() >= *deadline_) end = End::kDeadline;
  }
  if (end != End::kNone) must_stop_.store(true);
  return end;
}

core::Result<void> JobKeeper::check() { return ended_error(ended()); }

core::Result<void> JobKeeper::renew() {
  renew_now();
  return check();
}

void JobKeeper::give_up() {
  end_keeping();
  // Failing is no harm: the lease runs out by itself.
  (void)store_.renew_lease(lease_.job_id, {lease_.owner, clock_.now(), kLeaseGivenUp});
}

bool JobKeeper::is_past_lease() const {
  return !is_lost_.load() && clock_.now().us >= lease_until_us_.load();
}

bool JobKeeper::renew_now() {
  const std::lock_guard lock(renewing_);
  const core::Timestamp now = clock_.now();
  const core::Timestamp until{now.us + lease_.lease_s * 1'000'000};
  const auto renewed = store_.renew_lease(lease_.job_id, {lease_.owner, now, until});
  if (renewed && *renewed) {
    lease_until_us_.store(until.us);
    return true;
  }
  // A store that does not answer is asked again, until the lease is over.
  if (renewed || is_past_lease()) is_lost_.store(true);
  return false;
}

void JobKeeper::keep() {
  const auto every =
      std::chrono::milliseconds(std::max<std::int64_t>(lease_.lease_s * 1000 / 3, 1));
  auto renewed = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::min(kLook, every), [this] { return is_ending_; })) {
    lock.unlock();
    try {
      if (std::chrono::steady_clock::now() - renewed >= every) {
        if (renew_now()) renewed = std::chrono::steady_clock::now();
      }
      (void)ended();
    } catch (const std::exception&) {
      is_lost_.store(true);  // a store that throws cannot be trusted with the job
      must_stop_.store(true);
    }
    lock.lock();
  }
}

}  // namespace minato::harvest
