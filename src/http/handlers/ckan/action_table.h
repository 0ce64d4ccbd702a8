// All actions of the Action API that read (writes/write_action.h has the others; api/ckan.md lists
// the same, and those we don't have).
#pragma once

#include <string_view>
#include <vector>

#include "http/handlers/ckan/action.h"

namespace minato::http::ckan {

// Rows by subject; action_table.cc puts them together.
std::vector<Action> site_actions();
std::vector<Action> dataset_actions();
std::vector<Action> resource_actions();
std::vector<Action> datastore_actions();
std::vector<Action> search_actions();
std::vector<Action> group_actions();
std::vector<Action> member_actions();
std::vector<Action> user_actions();
std::vector<Action> tag_actions();
std::vector<Action> harvest_actions();
std::vector<Action> activity_actions();

// Every action that reads.
const std::vector<Action>& read_actions();
// nullptr when there is none of that name.
const Action* find_read_action(std::string_view name);

}  // namespace minato::http::ckan
