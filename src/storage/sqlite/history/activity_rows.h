// Activities as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/history.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Newest first. With `after` alone: the first ones after that time.
std::vector<Activity> list_activities(Connection& connection, const ActivityRequest& request);
std::optional<Activity> find_activity(Connection& connection, std::string_view id);
// Inserts or replaces.
void save_activity(Connection& connection, const Activity& activity);

}  // namespace minato::storage::sqlite
