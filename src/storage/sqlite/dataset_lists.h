// Lists of datasets and resources that wait for something or belong somewhere. Every call may throw
// SQLite::Exception.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Ids of drafts to be published by then, the oldest first.
std::vector<std::string> list_datasets_due(Connection& connection, core::Timestamp now);
// Ids of active resources of datasets that are not deleted, whose file is not that of their first
// table.
std::vector<std::string> list_resources_to_import(Connection& connection);
// Ids of datasets that are not deleted and belong to the organization, or the group.
std::vector<std::string> list_datasets_in(Connection& connection, std::string_view group_id);

}  // namespace minato::storage::sqlite
