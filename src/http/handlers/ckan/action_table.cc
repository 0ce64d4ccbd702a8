#include "http/handlers/ckan/action_table.h"

#include <algorithm>
#include <iterator>

namespace minato::http::ckan {
namespace {

std::vector<Action> all_rows() {
  std::vector<Action> rows;
  for (auto* part : {site_actions, dataset_actions, resource_actions, datastore_actions,
                     search_actions, group_actions, member_actions, user_actions, tag_actions,
                     harvest_actions, activity_actions}) {
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

}  // namespace minato::http::ckan
