// Versions of tables and refusals as rows of the catalogue. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

std::optional<TableVersion> find_table(Connection& connection, std::string_view table_id);
// Newest first.
std::vector<TableVersion> list_table_versions(Connection& connection, std::string_view table_id);
// Current ones by part.
std::vector<TableVersion> list_tables_of(Connection& connection, std::string_view resource_id);
std::vector<std::string> list_resources_with_table(Connection& connection);
std::optional<TableRefusal> find_table_refusal(Connection& connection,
                                               std::string_view resource_id);

// False when a version of that number is there already.
bool publish_tables(Connection& connection, std::string_view resource_id,
                    const std::vector<TableVersion>& tables);
void save_table_refusal(Connection& connection, const TableRefusal& refusal);
// A superseded version.
void delete_table_version(Connection& connection, std::string_view table_id, std::int64_t version);

}  // namespace minato::storage::sqlite
