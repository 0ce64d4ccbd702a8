// Keys of identity as rows. Every call may throw SQLite::Exception and belongs into a transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/harvest_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::harvest {

std::vector<HarvestStore::Key> find_keys(Connection& connection,
                                         const std::vector<std::string>& keys);
void save_keys(Connection& connection, std::string_view source_id,
               const std::vector<std::string>& remote_ids,
               const std::vector<HarvestStore::Key>& keys);

}  // namespace minato::storage::sqlite::harvest
