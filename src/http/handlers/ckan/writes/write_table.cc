#include <algorithm>
#include <iterator>

#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

std::vector<WriteAction> all_rows() {
  std::vector<WriteAction> rows;
  for (auto* part :
       {package_write_actions, bulk_write_actions, resource_write_actions, group_write_actions,
        member_write_actions, user_write_actions, tag_write_actions, datastore_write_actions}) {
    auto some = part();
    std::move(some.begin(), some.end(), std::back_inserter(rows));
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return rows;
}

}  // namespace

const UploadedPart* WriteCall::file(std::string_view name) const {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const UploadedPart& part) { return part.name == name; });
  return found == files.end() ? nullptr : &*found;
}

const std::vector<WriteAction>& write_actions() {
  static const std::vector<WriteAction> rows = all_rows();
  return rows;
}

const WriteAction* find_write_action(std::string_view name) {
  const auto& rows = write_actions();
  const auto row =
      std::lower_bound(rows.begin(), rows.end(), name,
                       [](const WriteAction& a, std::string_view b) { return a.name < b; });
  return row == rows.end() || row->name != name ? nullptr : &*row;
}

const std::vector<std::string_view>& harvest_writes() {
  static const std::vector<std::string_view> names = {
      "harvest_abort_failed_jobs", "harvest_job_abort",
      "harvest_job_create",        "harvest_job_create_all",
      "harvest_jobs_run",          "harvest_object_create",
      "harvest_objects_import",    "harvest_send_job_to_gather_queue",
      "harvest_source_clear",      "harvest_source_create",
      "harvest_source_delete",     "harvest_source_job_history_clear",
      "harvest_source_patch",      "harvest_source_reindex",
      "harvest_source_update",     "harvest_sources_job_history_clear",
  };
  return names;
}

bool is_harvest_write(std::string_view name) {
  const auto& names = harvest_writes();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string requires_user(std::string_view action) {
  return "Action " + std::string(action) + " requires an authenticated user";
}

std::string help_text(const WriteAction& action) {
  return help_text(Action{action.name, nullptr, action.summary, action.parameters, action.result});
}

}  // namespace minato::http::ckan
