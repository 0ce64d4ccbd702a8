#include "http/handlers/ckan/action_table.h"

#include <algorithm>
#include <iterator>

namespace minato::http::ckan {
namespace {

std::vector<Action> all_rows() {
  std::vector<Action> rows;
  for (auto* part : {site_actions, dataset_actions, resource_actions, datastore_actions,
                     search_actions, group_actions, member_actions, tag_actions, harvest_actions}) {
    auto some = part();
    std::move(some.begin(), some.end(), std::back_inserter(rows));
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return rows;
}

}  // namespace

const std::vector<Action>& read_actions() {
  static const std::vector<Action> rows = all_rows();
  return rows;
}

const Action* find_read_action(std::string_view name) {
  const auto& rows = read_actions();
  const auto row = std::lower_bound(rows.begin(), rows.end(), name,
                                    [](const Action& a, std::string_view b) { return a.name < b; });
  return row == rows.end() || row->name != name ? nullptr : &*row;
}

const std::vector<std::string_view>& write_actions() {
  static const std::vector<std::string_view> names = {
      "api_token_create",
      "api_token_revoke",
      "bulk_update_delete",
      "bulk_update_private",
      "bulk_update_public",
      "dataset_purge",
      "group_create",
      "group_delete",
      "group_member_create",
      "group_member_delete",
      "group_patch",
      "group_purge",
      "group_update",
      "harvest_abort_failed_jobs",
      "harvest_job_abort",
      "harvest_job_create",
      "harvest_job_create_all",
      "harvest_jobs_run",
      "harvest_object_create",
      "harvest_objects_import",
      "harvest_send_job_to_gather_queue",
      "harvest_source_clear",
      "harvest_source_create",
      "harvest_source_delete",
      "harvest_source_job_history_clear",
      "harvest_source_patch",
      "harvest_source_reindex",
      "harvest_source_update",
      "harvest_sources_job_history_clear",
      "organization_create",
      "organization_delete",
      "organization_member_create",
      "organization_member_delete",
      "organization_patch",
      "organization_purge",
      "organization_update",
      "package_create",
      "package_delete",
      "package_owner_org_update",
      "package_patch",
      "package_resource_reorder",
      "package_revise",
      "package_update",
      "resource_create",
      "resource_delete",
      "resource_patch",
      "resource_update",
      "tag_create",
      "tag_delete",
      "user_create",
      "user_delete",
      "user_patch",
      "user_update",
      "vocabulary_create",
      "vocabulary_delete",
      "vocabulary_update",
  };
  return names;
}

bool is_write_action(std::string_view name) {
  const auto& names = write_actions();
  return std::binary_search(names.begin(), names.end(), name);
}

std::string requires_user(std::string_view action) {
  return "Action " + std::string(action) + " requires an authenticated user";
}

std::string write_action_help(std::string_view name) {
  const std::string action(name);
  return action +
         " はカタログを変更する操作です。POST で呼び、認証が必要です。この版にはまだ利用者の"
         "アカウントがないため、403 Authorization Error を返します。\n\n----\n\n" +
         action +
         " changes the catalogue. Call it by POST, as an authenticated user. There are no user "
         "accounts in this version yet, so it answers 403 Authorization Error.\n";
}

}  // namespace minato::http::ckan
