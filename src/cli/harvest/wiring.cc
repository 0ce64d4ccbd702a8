#include "cli/harvest/wiring.h"

#include <utility>

#include "cli/version.h"
#include "harvest/fetch/curl_fetcher.h"
#include "service/harvest/sources.h"
#include "storage/sqlite/harvest/sqlite_harvest_store.h"

namespace minato::cli {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;

std::string user_agent(const Settings& settings) {
  const std::string& contact =
      settings.harvest_contact.empty() ? settings.site_url : settings.harvest_contact;
  const std::string name = std::string("Minato/") + kVersion;
  return contact.empty() ? name + " (open data harvester)" : name + " (+" + contact + ")";
}

harvest::CurlFetcherOptions fetcher_options(const Settings& settings, const std::string& data_dir) {
  harvest::CurlFetcherOptions options;
  options.user_agent = user_agent(settings);
  options.allow_networks = settings.harvest_allow_networks;
  options.delay_ms = settings.harvest_delay_ms;
  options.limits.connect_timeout_ms = settings.harvest_connect_timeout_s * kMsPerSecond;
  options.limits.total_timeout_ms = settings.harvest_total_timeout_s * kMsPerSecond;
  options.limits.min_bytes_per_second = settings.harvest_low_speed_bytes_s;
  options.limits.speed_window_ms = settings.harvest_low_speed_s * kMsPerSecond;
  options.retries.max_retries = static_cast<int>(settings.harvest_max_retries);
  options.lock_directory = data_dir + "/harvest/hosts";
  return options;
}

harvest::RunnerOptions runner_options(const Settings& settings, const std::string& data_dir) {
  harvest::RunnerOptions options;
  options.job_timeout_s = settings.harvest_job_timeout_s;
  options.max_records = settings.harvest_max_records;
  options.max_file_bytes = settings.harvest_max_file_bytes;
  options.max_files = settings.harvest_max_files;
  options.keep_jobs = settings.harvest_keep_jobs;
  options.default_schedule = settings.harvest_schedule;
  options.work_directory = data_dir + "/harvest/work";
  options.deletions.grace_days = settings.harvest_grace_days;
  options.deletions.grace_runs = settings.harvest_grace_runs;
  options.deletions.hold_percent = settings.harvest_hold_percent;
  options.open_copy = [](const std::string& path) {
    return storage::sqlite::harvest::SqliteHarvestStore::open(path);
  };
  return options;
}

}  // namespace

harvest::RunnerStores runner_stores(storage::sqlite::Storage& storage, const core::Clock& clock) {
  return {*storage.catalog, *storage.harvest, *storage.blobs, *storage.tables, clock};
}

core::Result<HarvestParts> make_harvest_parts(const Settings& settings, const std::string& data_dir,
                                              storage::sqlite::Storage& storage,
                                              const core::Clock& clock) {
  if (auto schedule = service::parse_schedule(settings.harvest_schedule); !schedule) {
    return tl::unexpected(schedule.error());
  }
  auto fetcher = harvest::CurlFetcher::create(fetcher_options(settings, data_dir), clock);
  if (!fetcher) return tl::unexpected(fetcher.error());
  HarvestParts parts;
  parts.fetcher = *std::move(fetcher);
  parts.runner = std::make_unique<harvest::Runner>(runner_stores(storage, clock), *parts.fetcher,
                                                   runner_options(settings, data_dir));
  return parts;
}

}  // namespace minato::cli
