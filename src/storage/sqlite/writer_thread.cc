#include "storage/sqlite/writer_thread.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "storage/sqlite/catalog_writer.h"
#include "storage/sqlite/savepoint.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

constexpr std::size_t kMaxJobsPerCommit = 64;

void roll_back(Connection& connection) {
  if (!connection.in_transaction()) return;
  // A fault here means that the engine rolled back by itself.
  static_cast<void>(guarded([&]() -> core::Result<void> {
    connection.run("ROLLBACK");
    return {};
  }));
}

}  // namespace

WriterThread::WriterThread(std::unique_ptr<Connection> connection, search::SearchIndex& index,
                           std::function<void(std::uint64_t)> committed, Chore chore)
    : connection_(std::move(connection)),
      index_(index),
      indexer_(*connection_),
      committed_(std::move(committed)),
      chore_(std::move(chore)),
      next_chore_(std::chrono::steady_clock::now() + chore_.interval),
      thread_([this] { loop(); }) {}

WriterThread::~WriterThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    work_.notify_all();
  }
  thread_.join();
}

core::Result<void> WriterThread::run(const Change& change) {
  if (std::this_thread::get_id() == thread_.get_id()) {
    throw std::logic_error("a change of the catalogue must not start another one");
  }
  Job job;
  job.change = &change;
  std::unique_lock lock(mutex_);
  queue_.push_back(&job);
  work_.notify_one();
  finished_.wait(lock, [&] { return job.done; });
  lock.unlock();
  if (job.thrown) std::rethrow_exception(job.thrown);
  return job.result;
}

void WriterThread::wake() {
  const std::lock_guard lock(mutex_);
  work_.notify_one();
}

void WriterThread::loop() {
  bool ending = false;
  while (!ending) {
    const std::vector<Job*> jobs = next_jobs();
    if (!jobs.empty()) commit_together(jobs);
    {
      const std::lock_guard lock(mutex_);
      for (Job* job : jobs) job->done = true;
      finished_.notify_all();
      ending = stopping_ && queue_.empty();
    }
    if (ending || std::chrono::steady_clock::now() >= next_chore_) run_chore();
  }
}

std::vector<WriterThread::Job*> WriterThread::next_jobs() {
  std::unique_lock lock(mutex_);
  const auto has_work = [&] { return stopping_ || !queue_.empty(); };
  while (!has_work()) {
    if (!chore_.due()) {
      work_.wait(lock);
    } else if (work_.wait_until(lock, next_chore_) == std::cv_status::timeout) {
      break;
    }
  }
  const std::size_t count = std::min(queue_.size(), kMaxJobsPerCommit);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Job*> jobs(queue_.begin(), end);
  queue_.erase(queue_.begin(), end);
  return jobs;
}

void WriterThread::commit_together(const std::vector<Job*>& jobs) {
  std::int64_t revision = 0;
  const auto committed = guarded([&]() -> core::Result<void> {
    connection_->prepare("BEGIN IMMEDIATE").run();
    revision =
        connection_->integer("UPDATE catalog_state SET revision = revision + 1 RETURNING revision");
    if (auto lost = run_jobs(jobs, revision); !lost) return lost;
    const bool any = std::any_of(jobs.begin(), jobs.end(), [](const Job* job) {
      return job->result.has_value() && !job->thrown;
    });
    connection_->prepare(any ? "COMMIT" : "ROLLBACK").run();
    if (!any) revision = 0;
    return {};
  });
  if (committed) {
    if (revision != 0) committed_(static_cast<std::uint64_t>(revision));
    return;
  }
  for (Job* job : jobs) {
    if (job->result && !job->thrown) job->result = tl::unexpected(committed.error());
  }
  roll_back(*connection_);
}

// Fails when the engine ended the transaction (full disk, I/O error): then all of it is gone, and
// changes that have not run yet are not tried.
core::Result<void> WriterThread::run_jobs(const std::vector<Job*>& jobs, std::int64_t revision) {
  for (Job* job : jobs) {
    run_job(*job, revision, jobs.size() == 1);
    if (connection_->in_transaction()) continue;
    if (!job->result) return job->result;
    return core::fail_internal("the engine ended a transaction");
  }
  return {};
}

void WriterThread::run_job(Job& job, std::int64_t revision, bool is_alone) {
  const auto change = [&]() -> core::Result<void> {
    SqliteCatalogWriter writer(*connection_, indexer_, index_, revision);
    auto done = (*job.change)(writer);
    if (done && writer.fault()) return tl::unexpected<core::Error>(*writer.fault());
    return done;
  };
  try {
    job.result = is_alone ? guarded(change) : in_savepoint(*connection_, change);
  } catch (...) {
    job.thrown = std::current_exception();
  }
}

void WriterThread::run_chore() {
  next_chore_ = std::chrono::steady_clock::now() + chore_.interval;
  if (!chore_.due()) return;
  const auto done = guarded([&]() -> core::Result<void> {
    connection_->prepare("BEGIN IMMEDIATE").run();
    chore_.run(*connection_);
    connection_->prepare("COMMIT").run();
    return {};
  });
  if (!done) roll_back(*connection_);
}

}  // namespace minato::storage::sqlite
