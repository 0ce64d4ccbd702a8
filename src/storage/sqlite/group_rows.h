// Organizations and groups as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

std::optional<std::int64_t> find_group_by_id(Connection& connection, std::string_view id);
// By id, else the live one of that name, else the one deleted last with that name.
std::optional<std::int64_t> find_group(Connection& connection, core::GroupKind kind,
                                       std::string_view id_or_name);
std::optional<core::Group> load_group(Connection& connection, std::int64_t group_no);
// Live ones, by title, then name.
std::vector<core::Group> list_groups(Connection& connection, const GroupListRequest& request);

// Inserts or replaces the group with that id and returns its number. `change` is the revision that
// is being made. REQUIRES: its name is free.
std::int64_t save_group(Connection& connection, const core::Group& group, std::int64_t change);

// With its memberships and former names. False, and nothing done: a dataset belongs to it, a
// deleted one perhaps.
bool delete_group(Connection& connection, std::int64_t group_no);

}  // namespace minato::storage::sqlite
