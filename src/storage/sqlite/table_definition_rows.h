// Definitions of tables as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

std::optional<TableDefinition> find_table_definition(Connection& connection,
                                                     std::string_view resource_id);
std::optional<std::string> find_resource_of_alias(Connection& connection, std::string_view alias);
// The alias that another resource has, if any: then half of it may be written.
std::optional<std::string> save_table_definition(Connection& connection,
                                                 const TableDefinition& definition);
void delete_table_definition(Connection& connection, std::string_view resource_id);
// Of all resources of the dataset.
void delete_table_definitions_of(Connection& connection, std::int64_t dataset_no);

}  // namespace minato::storage::sqlite
