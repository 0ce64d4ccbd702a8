#include "service/imports/worker.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "core/process_owner.h"
#include "service/imports/after_import.h"
#include "service/imports/lease.h"

namespace minato::service {

namespace {

using core::Result;
using storage::ImportJob;

// Other processes add jobs too (`minato publish`, a second server).
constexpr std::chrono::milliseconds kPoll{500};
constexpr std::chrono::milliseconds kRunPoll{50};
constexpr int kPollsPerSearch = 10;
// So that a broken store is not hammered.
constexpr std::chrono::seconds kPauseAfterError{5};

core::Error crashed(std::int64_t attempts) {
  const std::string times = std::to_string(attempts);
  return core::fail(
             core::ErrorCode::kInternal, "import-crashed",
             {"このファイルの読み込み中にプログラムが " + times + " 回止まりました。",
              "The program ended " + times + " times while it read this file."},
             {"ファイルを添えて運用者に知らせてください。別の形式（CSV）で試すこともできます。",
              "Send the file to the operator; another format (CSV) may work."})
      .value();
}

}  // namespace

void Imports::Worker::start() {
  stopping_.store(false);
  for (std::int64_t i = 0; i < std::max<std::int64_t>(options_.workers, 1); ++i) {
    threads_.emplace_back([this, i] { work(i == 0); });
  }
}

void Imports::Worker::stop() {
  stopping_.store(true);
  wake();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Imports::Worker::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++changes_;
  }
  wake_.notify_all();
}

void Imports::Worker::wait_a_little(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  const std::uint64_t seen = changes_;
  wake_.wait_for(lock, at_most, [&] { return changes_ != seen || stopping_.load(); });
}

void Imports::Worker::log(const core::Error& error) const {
  if (!options_.log_fault) return;
  options_.log_fault("imports: " + error.id + ": " + error.message.en +
                     (error.internal.empty() ? "" : " (" + error.internal + ")"));
}

void Imports::Worker::work(bool first) {
  for (int round = 0; !stopping_.load(); ++round) {
    if (first && round % kPollsPerSearch == 0) {
      auto looked = round == 0 ? adopt_files() : Result<void>();
      if (looked) looked = free_dead_jobs();
      if (!looked) log(looked.error());
    }
    while (!stopping_.load() && take_one()) {
    }
    if (!stopping_.load()) wait_a_little(kPoll);
  }
}

Result<std::optional<ImportJob>> Imports::Worker::claim(const std::string& owner,
                                                        const std::string& id) {
  const core::Timestamp now = services_.store.clock().now();
  const core::Timestamp until{now.us + options_.lease_s * 1'000'000};
  return id.empty() ? services_.jobs.claim_job(owner, now, until)
                    : services_.jobs.claim_job_named(id, owner, now, until);
}

// False: there is nothing to do.
bool Imports::Worker::take_one() {
  const std::string owner = core::make_lease_owner();
  auto job = claim(owner, "");
  if (job && !*job) return false;
  auto done =
      job ? carry_out(**std::move(job), owner, {}) : Result<ImportJob>(tl::unexpected(job.error()));
  if (done) return true;
  log(done.error());
  wait_a_little(kPauseAfterError);
  return false;
}

Result<ImportJob> Imports::Worker::carry_out(ImportJob job, const std::string& owner,
                                             const JobProgress& progress) {
  if (auto done = import(job, owner, progress); !done) {
    if (done.error().id == "job-lease-lost") return job;
    // Stopped: the job waits for the next process, and this was no failure.
    job.state = ImportJob::State::kWaiting;
    --job.attempts;
    job.ended.reset();
  }
  if (!job.error_id.empty()) log({{}, job.error_id, job.message, {}, {}, "job " + job.id});
  auto ended = services_.jobs.end_job(job, owner);
  if (!ended) return tl::unexpected(std::move(ended).error());
  if (*ended && job.state == ImportJob::State::kDone) finish(job);
  wake();
  return job;
}

Result<void> Imports::Worker::import(ImportJob& job, const std::string& owner,
                                     const JobProgress& progress) {
  if (job.attempts > options_.max_attempts) {
    fail_job(job, crashed(job.attempts - 1));
    job.ended = services_.store.clock().now();
    return {};
  }
  LeaseKeeper lease(services_.jobs, services_.store.clock(), {job.id, owner, options_.lease_s});
  ImportWatch watch;
  watch.go_on = [&] { return !stopping_.load() && !lease.lost(); };
  watch.renew = [&] { return lease.renew(); };
  watch.progress = progress;
  try {
    return run_import(job, services_, options_.brakes, watch);
  } catch (const std::exception& fault) {  // memory, threads: one file must not end the server
    fail_job(job, core::fail_internal(fault.what()).value());
    job.ended = services_.store.clock().now();
    return {};
  }
}

// What is held of older files cannot be published over this one.
void Imports::Worker::finish(const ImportJob& job) {
  storage::ImportJobRequest held;
  held.resource_id = job.resource_id;
  held.state = ImportJob::State::kHeld;
  if (const auto others = services_.jobs.jobs(held)) {
    for (const ImportJob& other : *others) {
      if (other.created >= job.created) continue;
      const auto cancelled = services_.jobs.cancel_job(other.id, services_.store.clock().now());
      if (!cancelled) log(cancelled.error());
    }
  }
  const auto tidy = keep_tidy(job.resource_id, services_,
                              {options_.keep_versions, options_.keep_jobs}, stopping_);
  if (!tidy) log(tidy.error());
}

// A job whose process ended need not wait for its lease to run out.
Result<void> Imports::Worker::free_dead_jobs() {
  storage::ImportJobRequest running;
  running.state = ImportJob::State::kRunning;
  auto jobs = services_.jobs.jobs(running);
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  for (const ImportJob& job : *jobs) {
    if (!core::is_dead_owner(job.owner)) continue;
    const auto freed = services_.jobs.renew_job(job.id, job.owner, core::Timestamp{0});
    if (!freed) return tl::unexpected(freed.error());
  }
  return {};
}

// Jobs of one resource go in order: does the first of those that wait, when nobody else does.
Result<bool> Imports::Worker::run_one_ahead(const ImportJob& job) {
  storage::ImportJobRequest waiting;
  waiting.resource_id = job.resource_id;
  auto jobs = services_.jobs.jobs(waiting);
  if (!jobs) return tl::unexpected(std::move(jobs).error());
  for (auto other = jobs->rbegin(); other != jobs->rend(); ++other) {
    if (other->state != ImportJob::State::kWaiting && other->state != ImportJob::State::kRunning) {
      continue;
    }
    if (other->id == job.id) return false;
    const std::string owner = core::make_lease_owner();
    auto claimed = claim(owner, other->id);
    if (!claimed) return tl::unexpected(std::move(claimed).error());
    if (!*claimed) return false;
    auto done = carry_out(**std::move(claimed), owner, {});
    if (!done) return tl::unexpected(std::move(done).error());
    return true;
  }
  return false;
}

Result<ImportJob> Imports::Worker::run(std::string_view id, const JobProgress& progress) {
  while (true) {
    if (auto freed = free_dead_jobs(); !freed) return tl::unexpected(std::move(freed).error());
    const std::string owner = core::make_lease_owner();
    auto claimed = claim(owner, std::string(id));
    if (!claimed) return tl::unexpected(std::move(claimed).error());
    if (*claimed) {
      auto done = carry_out(**std::move(claimed), owner, progress);
      if (!done || done->state != ImportJob::State::kRunning) return done;
    }
    auto job = services_.jobs.job(id);
    if (!job) return tl::unexpected(std::move(job).error());
    if (!*job) return job_not_found(id);
    const auto state = (*job)->state;
    if (state != ImportJob::State::kWaiting && state != ImportJob::State::kRunning) {
      return **std::move(job);
    }
    auto ahead = run_one_ahead(**job);
    if (!ahead) return tl::unexpected(std::move(ahead).error());
    if (!*ahead) wait_a_little(kRunPoll);
    if (stopping_.load()) return **std::move(job);
  }
}

}  // namespace minato::service
