// All actions of the Action API (api/ckan.md lists the same, and those we don't have).
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
std::vector<Action> tag_actions();
std::vector<Action> harvest_actions();

// Every action that reads.
const std::vector<Action>& read_actions();
// nullptr when there is none of that name.
const Action* find_read_action(std::string_view name);

// The actions that change something. Nobody has an account yet, so to everybody they answer, by
// POST, that the action requires an authenticated user.
const std::vector<std::string_view>& write_actions();
bool is_write_action(std::string_view name);

// What help_show says of a write action.
std::string write_action_help(std::string_view name);

// "Action x requires an authenticated user"
std::string requires_user(std::string_view action);

}  // namespace minato::http::ckan
