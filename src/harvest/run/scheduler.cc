#include "harvest/run/scheduler.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/process_owner.h"
#include "harvest/run/faults.h"
#include "harvest/run/run_times.h"

namespace minato::harvest {

namespace {

using core::HarvestJob;
using core::HarvestSource;
using core::Result;
using Moment = std::chrono::steady_clock::time_point;

// Jobs that others left behind are looked for less often than sources that are due.
constexpr std::int64_t kPollsPerSearch = 10;
// After a run that could not even start, so that a broken store is not hammered.
constexpr std::chrono::seconds kPauseAfterError{60};
constexpr std::chrono::seconds kPauseAfterConflict{5};

bool is_left_behind(const HarvestJob& job, core::Timestamp now) {
  return !job.lease_until || *job.lease_until <= now || core::is_dead_owner(job.lease_owner);
}

bool is_past_deadline(const HarvestJob& job, core::Timestamp now) {
  return job.deadline && *job.deadline <= now;
}

}  // namespace

struct Scheduler::Parts {
  Parts(const RunnerStores& given_stores, Runner& given_runner, SchedulerOptions given)
      : stores(given_stores), runner(given_runner), options(std::move(given)) {}

  void poll_until_stopped();
  void poll();
  Result<std::vector<std::string>> sources_with_left_jobs(const std::vector<HarvestSource>& all);
  bool is_due(HarvestSource& source);
  void start(const HarvestSource& source);
  void work(const HarvestSource& source);
  void note_end(const HarvestSource& source, const Result<RunResult>& result);
  void collect_finished();
  void tell(const HarvestSource& source, const Result<RunResult>& result) const;

  const RunnerStores stores;
  Runner& runner;
  const SchedulerOptions options;
  std::atomic<bool> stop{false};

  mutable std::mutex mutex;
  std::condition_variable wake;
  std::map<std::string, std::thread> running;  // by source id
  std::vector<std::string> ended;              // whose threads are to be joined
  std::map<std::string, Moment> not_before;
  Figures figures;
  std::int64_t polls = 0;

  std::thread poller;  // last: uses all of the above
};

void Scheduler::Parts::poll_until_stopped() {
  const std::chrono::milliseconds pause(std::max<std::int64_t>(options.poll_ms, 1));
  while (!stop.load()) {
    const Result<void> polled = guarded([this]() -> Result<void> {
      poll();
      return {};
    });
    if (!polled) tell({}, tl::unexpected(polled.error()));
    std::unique_lock lock(mutex);
    wake.wait_for(lock, pause, [this] { return stop.load() || !ended.empty(); });
  }
}

void Scheduler::Parts::poll() {
  collect_finished();
  auto sources = stores.harvest.sources();
  if (!sources) return;  // the store says so in the log of whoever asks it for something
  std::vector<std::string> left;
  if (polls++ % kPollsPerSearch == 0) {
    auto found = sources_with_left_jobs(*sources);
    if (found) left = *std::move(found);
  }
  for (HarvestSource& source : *sources) {
    if (stop.load()) return;
    const bool is_left = std::find(left.begin(), left.end(), source.id) != left.end();
    if (is_left || is_due(source)) start(source);
  }
}

// Those of paused and frozen sources wait, but not beyond their deadline: no job stays open for
// ever.
Result<std::vector<std::string>> Scheduler::Parts::sources_with_left_jobs(
    const std::vector<HarvestSource>& all) {
  auto jobs = stores.harvest.jobs({"", true, 0, 1000});
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  const core::Timestamp now = stores.clock.now();
  std::vector<std::string> left;
  for (const HarvestJob& job : *jobs) {
    const auto source = std::find_if(all.begin(), all.end(),
                                     [&](const auto& one) { return one.id == job.source_id; });
    if (source == all.end() || !is_left_behind(job, now)) continue;
    if (source->state == core::SourceState::kDisabled) {  // nobody can run it to its end
      auto aborted = stores.harvest.abort_job(job.id, now);
      if (!aborted) return tl::unexpected(std::move(aborted).error());
      continue;
    }
    const bool is_active = source->state == core::SourceState::kActive;
    if (is_active || is_past_deadline(job, now)) left.push_back(job.source_id);
  }
  return left;
}

bool Scheduler::Parts::is_due(HarvestSource& source) {
  if (source.state != core::SourceState::kActive) return false;
  const core::Timestamp now = stores.clock.now();
  if (source.next_run) return *source.next_run <= now;
  const auto next = next_run(source, runner.default_schedule(), now);
  if (!next || !*next) return false;  // by hand only, or a schedule nobody can read
  const bool is_new = !source.last_success && source.failures == 0;
  const core::Timestamp at = is_new ? now : **next;
  const auto set = stores.harvest.change_source(source.id, [&](HarvestSource& stored) {
    if (!stored.next_run) stored.next_run = at;
  });
  return set && set->next_run && *set->next_run <= now;
}

void Scheduler::Parts::start(const HarvestSource& source) {
  const std::lock_guard lock(mutex);
  if (running.contains(source.id) ||
      static_cast<std::int64_t>(running.size()) >= options.max_parallel) {
    return;
  }
  const auto pause = not_before.find(source.id);
  if (pause != not_before.end() && std::chrono::steady_clock::now() < pause->second) return;
  running.emplace(source.id, std::thread([this, source] { work(source); }));
  ++figures.running;
}

void Scheduler::Parts::work(const HarvestSource& source) {
  const auto result = guarded([&] { return runner.run(source, "schedule", {}, stop); });
  note_end(source, result);
  const bool is_elsewhere = !result && result.error().id == "harvest-job-running";
  if (!is_elsewhere) tell(source, result);
  {
    const std::lock_guard lock(mutex);
    ended.push_back(source.id);
  }
  wake.notify_all();
}

void Scheduler::Parts::note_end(const HarvestSource& source, const Result<RunResult>& result) {
  const std::lock_guard lock(mutex);
  --figures.running;
  if (!result) {
    const bool is_conflict = result.error().code == core::ErrorCode::kConflict;
    not_before[source.id] =
        std::chrono::steady_clock::now() + (is_conflict ? kPauseAfterConflict : kPauseAfterError);
    if (!is_conflict) ++figures.failed;
    return;
  }
  if (result->job.state != core::JobState::kFinished) return;
  ++figures.finished;
  if (result->job.outcome != core::JobOutcome::kSucceeded) ++figures.failed;
}

void Scheduler::Parts::collect_finished() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex);
    for (const std::string& id : ended) {
      const auto found = running.find(id);
      threads.push_back(std::move(found->second));
      running.erase(found);
    }
    ended.clear();
  }
  for (std::thread& thread : threads) thread.join();
}

void Scheduler::Parts::tell(const HarvestSource& source, const Result<RunResult>& result) const {
  if (options.ended) options.ended(source, result);
}

Scheduler::Scheduler(const RunnerStores& stores, Runner& runner, SchedulerOptions options)
    : parts_(std::make_unique<Parts>(stores, runner, std::move(options))) {
  parts_->poller = std::thread([parts = parts_.get()] { parts->poll_until_stopped(); });
}

Scheduler::~Scheduler() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->stop.store(true);
  }
  parts_->wake.notify_all();
  parts_->poller.join();
  // No thread starts any more; each ends soon, because `stop` reaches its job.
  for (auto& [id, thread] : parts_->running) thread.join();
}

Scheduler::Figures Scheduler::figures() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->figures;
}

}  // namespace minato::harvest
