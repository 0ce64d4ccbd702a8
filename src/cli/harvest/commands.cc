#include "cli/harvest/commands.h"

#include <map>
#include <optional>

#include "cli/harvest/report.h"
#include "cli/harvest/run.h"
#include "cli/harvest/sources.h"
#include "cli/maintenance.h"
#include "cli/program.h"

namespace minato::cli {

namespace {

using Run = core::Result<int> (*)(const HarvestCommand&);

const std::map<std::string, Run, std::less<>>& commands() {
  static const std::map<std::string, Run, std::less<>> all{
      {"sources list", list_harvest_sources},
      {"sources add", add_harvest_source},
      {"sources set", change_harvest_source},
      {"sources pause", pause_harvest_source},
      {"sources resume", resume_harvest_source},
      {"sources freeze", freeze_harvest_source},
      {"sources remove", remove_harvest_source},
      {"run", run_harvests},
      {"retry", retry_harvest},
      {"status", show_harvest_status},
      {"show", show_harvest_source},
      {"confirm", confirm_harvest_deletions},
      {"abort", abort_harvest},
  };
  return all;
}

}  // namespace

core::Result<int> run_harvest(const std::string& command, const HarvestArguments& arguments,
                              std::ostream& out, std::ostream& err) {
  if (arguments.data.empty()) {
    return core::fail(core::ErrorCode::kInvalidArgument, "data-dir-missing",
                      {"--data でデータの置き場所を指定してください。", "--data DIR is required."});
  }
  if (auto found = require_catalog(arguments.data); !found) return tl::unexpected(found.error());
  // Before the storage: its threads must not get the signals.
  std::optional<StopSignals> signals;
  if (command == "run" || command == "retry") signals.emplace();
  auto storage = storage::sqlite::open_storage(arguments.data, {});
  if (!storage) return tl::unexpected(storage.error());
  const core::SystemClock clock;
  return commands().at(command)(
      {arguments, *storage, clock, terminal_language(), out, err, signals ? &*signals : nullptr});
}

}  // namespace minato::cli
