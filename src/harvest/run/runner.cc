#include "harvest/run/runner.h"

#include <chrono>
#include <utility>

#include "harvest/run/faults.h"
#include "harvest/run/job_claim.h"
#include "harvest/run/job_work.h"
#include "harvest/run/source_state.h"
#include "harvest/run/work_folder.h"

namespace minato::harvest {

using core::Result;

Result<RunResult> Runner::run(const core::HarvestSource& source, std::string_view trigger,
                              const RunCallbacks& callbacks, const std::atomic<bool>& stop) {
  const auto started = std::chrono::steady_clock::now();
  if (auto usable = check_usable(source); !usable) {
    return tl::unexpected(std::move(usable).error());
  }
  if (auto done = remove_left_folders(options_.work_directory, stores_.harvest); !done) {
    return tl::unexpected(std::move(done).error());
  }
  auto claimed =
      claim_source_job({source, trigger, options_.lease_s}, stores_.harvest, stores_.clock);
  if (!claimed) return tl::unexpected(std::move(claimed).error());
  auto folder = WorkFolder::make(options_.work_directory, claimed->job.id);
  if (!folder) return tl::unexpected(std::move(folder).error());
  const JobSetting setting{source,    stores_, fetcher_,       options_,
                           callbacks, stop,    folder->path(), false};
  auto result = JobWork(*std::move(claimed), setting).run();
  if (result) {
    result->seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  }
  return result;
}

}  // namespace minato::harvest
