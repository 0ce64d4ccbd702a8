// Origins and missed searches as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// By remote id.
std::vector<Origin> list_origins(Connection& connection, std::string_view source);
// Replaces what is known of that source's remote id.
void save_origin(Connection& connection, const Origin& origin);

// Most frequent first.
std::vector<CatalogReader::MissedSearch> list_missed_searches(Connection& connection,
                                                              std::int64_t limit);
// Adds counts to those stored and keeps the `max_texts` most frequent.
void add_missed_searches(Connection& connection,
                         const std::vector<CatalogReader::MissedSearch>& missed,
                         std::int64_t max_texts);

}  // namespace minato::storage::sqlite
