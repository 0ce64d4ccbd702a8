// Runner::dry_run: the same job against a copy of the harvest store, and a catalogue it only reads.
#include <chrono>
#include <filesystem>
#include <utility>

#include "core/uuid.h"
#include "harvest/run/job_claim.h"
#include "harvest/run/job_work.h"
#include "harvest/run/runner.h"
#include "harvest/run/source_state.h"
#include "harvest/run/work_folder.h"

namespace minato::harvest {

namespace {

using core::Result;

Result<std::unique_ptr<storage::HarvestStore>> open_copy(const WorkFolder& folder,
                                                         storage::HarvestStore& store,
                                                         const RunnerOptions& options) {
  if (!options.open_copy) return core::fail_internal("a dry run without RunnerOptions::open_copy");
  const std::string path = (std::filesystem::path(folder.path()) / "harvest.db").string();
  if (auto copied = store.copy_to(path); !copied) return tl::unexpected(std::move(copied).error());
  return options.open_copy(path);
}

// In the copy only: the real one goes on, whoever has it.
Result<void> drop_unfinished(const core::HarvestSource& source, storage::HarvestStore& copy,
                             core::Timestamp now) {
  auto open = unfinished_job(source.id, copy);
  if (!open) return tl::unexpected(std::move(open).error());
  if (!*open) return {};
  return copy.abort_job((*open)->id, now);
}

}  // namespace

Result<RunResult> Runner::dry_run(const core::HarvestSource& source, const RunCallbacks& callbacks,
                                  const std::atomic<bool>& stop) {
  const auto started = std::chrono::steady_clock::now();
  if (auto usable = check_usable(source); !usable) {
    return tl::unexpected(std::move(usable).error());
  }
  if (auto done = remove_left_folders(options_.work_directory, stores_.harvest); !done) {
    return tl::unexpected(std::move(done).error());
  }
  auto folder = WorkFolder::make(options_.work_directory, "dry-" + core::random_uuid());
  if (!folder) return tl::unexpected(std::move(folder).error());
  auto copy = open_copy(*folder, stores_.harvest, options_);
  if (!copy) return tl::unexpected(std::move(copy).error());
  if (auto done = drop_unfinished(source, **copy, stores_.clock.now()); !done) {
    return tl::unexpected(std::move(done).error());
  }
  const RunnerStores stores{stores_.catalog, **copy, stores_.blobs, stores_.tables, stores_.clock};
  auto claimed = claim_source_job({source, "dry-run", options_.lease_s}, **copy, stores_.clock);
  if (!claimed) return tl::unexpected(std::move(claimed).error());
  const JobSetting setting{source,    stores, fetcher_,       options_,
                           callbacks, stop,   folder->path(), true};
  auto result = JobWork(*std::move(claimed), setting).run();
  if (result) {
    result->seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  }
  return result;
}

}  // namespace minato::harvest
