// Harvest sources as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/harvest.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

std::vector<core::HarvestSource> list_sources(Connection& connection);  // by name
std::optional<core::HarvestSource> find_source(Connection& connection, std::string_view id_or_name);
core::Result<void> save_source(Connection& connection, const core::HarvestSource& source);
core::Result<core::HarvestSource> change_source(
    Connection& connection, std::string_view id,
    const std::function<void(core::HarvestSource&)>& change);
// With all that hangs on it.
void remove_source(Connection& connection, std::string_view id);

std::set<std::string> list_known_publishers(Connection& connection);
core::Result<bool> save_publisher_source(Connection& connection, std::string_view code,
                                         const core::HarvestSource& source);

}  // namespace minato::storage::sqlite::harvest
