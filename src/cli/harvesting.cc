#include "cli/harvesting.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/logging.h"
#include "cli/program.h"

namespace minato::cli {

namespace {

std::string counts_text(const core::JobCounts& counts) {
  return std::to_string(counts.added) + " added, " + std::to_string(counts.updated) + " updated, " +
         std::to_string(counts.not_modified) + " not modified, " + std::to_string(counts.deleted) +
         " deleted, " + std::to_string(counts.errored) + " errored";
}

}  // namespace

core::Result<void> load_harvest_sources(const std::string& csv_file,
                                        const service::HarvestStores& stores) {
  std::error_code error;
  if (!std::filesystem::exists(csv_file, error)) return {};
  const auto added = service::load_publisher_sources(csv_file, stores);
  if (!added) return tl::unexpected(added.error());
  if (!added->empty()) {
    log(LogLevel::kInfo, "harvest sources: " + std::to_string(added->size()) + " created");
  }
  return {};
}

core::Result<std::unique_ptr<Harvesting>> Harvesting::make(const ApplicationOptions& options,
                                                           storage::sqlite::Storage& storage,
                                                           const core::Clock& clock) {
  auto parts = make_harvest_parts(options.settings, options.data_dir, storage, clock);
  if (!parts) return tl::unexpected(parts.error());
  return std::unique_ptr<Harvesting>(new Harvesting(options, storage, clock, *std::move(parts)));
}

Harvesting::Harvesting(const ApplicationOptions& options, storage::sqlite::Storage& storage,
                       const core::Clock& clock, HarvestParts parts)
    : storage_(storage),
      clock_(clock),
      log_language_(options.log_language),
      max_parallel_(options.settings.harvest_parallel),
      parts_(std::move(parts)) {}

void Harvesting::log_end(const core::HarvestSource& source,
                         const core::Result<harvest::RunResult>& ended) const {
  const std::string what = "harvest of " + source.name + ": ";
  if (!ended) return log(LogLevel::kWarn, what + error_line(ended.error(), log_language_));
  const std::string counts = counts_text(ended->job.counts);
  if (ended->job.outcome == core::JobOutcome::kSucceeded) {
    return log(LogLevel::kInfo, what + counts);
  }
  log(LogLevel::kWarn, what + counts + "; " + error_line(ended->failure, log_language_));
}

void Harvesting::start() {
  harvest::SchedulerOptions scheduling;
  scheduling.max_parallel = max_parallel_;
  scheduling.ended = [this](const auto& source, const auto& ended) { log_end(source, ended); };
  auto scheduler = std::make_shared<harvest::Scheduler>(runner_stores(storage_, clock_),
                                                        *parts_.runner, std::move(scheduling));
  const std::lock_guard lock(mutex_);
  scheduler_ = std::move(scheduler);
}

void Harvesting::stop() {
  std::shared_ptr<harvest::Scheduler> scheduler;
  {
    const std::lock_guard lock(mutex_);
    scheduler = std::move(scheduler_);
  }
}

harvest::Scheduler::Figures Harvesting::figures() const {
  const std::lock_guard lock(mutex_);
  return scheduler_ ? scheduler_->figures() : harvest::Scheduler::Figures{};
}

void Harvesting::add_figures(http::Metrics& metrics) {
  metrics.add_gauge("minato_harvest_jobs_running", "Harvests at work in this process",
                    [this] { return static_cast<double>(figures().running); });
  metrics.add_counter("minato_harvest_jobs_finished_total", "Harvests that ended",
                      [this] { return static_cast<double>(figures().finished); });
  metrics.add_counter("minato_harvest_jobs_failed_total", "Harvests that failed as a whole",
                      [this] { return static_cast<double>(figures().failed); });
  metrics.add_counter("minato_harvest_requests_total", "Requests to the sites harvested",
                      [this] { return static_cast<double>(parts_.fetcher->usage().requests); });
  metrics.add_counter("minato_harvest_received_bytes_total", "Bytes received from them",
                      [this] { return static_cast<double>(parts_.fetcher->usage().bytes); });
  add_source_figures(metrics);
}

void Harvesting::add_source_figures(http::Metrics& metrics) {
  const auto per_source = [this](auto read) {
    return [this, read] {
      http::Metrics::Labelled figures;
      const auto sources = storage_.harvest->sources();
      if (!sources) return figures;
      for (const core::HarvestSource& source : *sources) read(source, figures);
      return figures;
    };
  };
  metrics.add_gauges(
      "minato_harvest_last_success_seconds", "When a source was last seen whole (Unix time)",
      "source", per_source([](const core::HarvestSource& source, auto& out) {
        if (!source.last_success) return;
        out.emplace_back(source.name, static_cast<double>(source.last_success->us) / 1e6);
      }));
  metrics.add_gauges("minato_harvest_failures", "Harvests in a row that failed", "source",
                     per_source([](const core::HarvestSource& source, auto& out) {
                       out.emplace_back(source.name, static_cast<double>(source.failures));
                     }));
}

}  // namespace minato::cli
