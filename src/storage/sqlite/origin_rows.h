// Origins and missed searches as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// By remote id.
std::vector<Origin> list_origins(Connection& connection, std::string_view source);
std::optional<Origin> find_origin(Connection& connection, std::string_view source,
                                  std::string_view remote_id);
std::vector<Origin> list_origins_of(Connection& connection, std::string_view dataset_id);
// Replaces what is known of that source's remote id.
void save_origin(Connection& connection, const Origin& origin);
void delete_origin(Connection& connection, std::string_view source, std::string_view remote_id);

std::optional<SourceConfirmation> find_source_confirmation(Connection& connection,
                                                           std::string_view source);
void save_source_confirmation(Connection& connection, const SourceConfirmation& confirmation);

// By pointer.
std::vector<FieldOwner> list_field_owners(Connection& connection, std::string_view dataset_id);
// Replaces all of the dataset's.
void save_field_owners(Connection& connection, std::string_view dataset_id,
                       const std::vector<FieldOwner>& owners);

// Most frequent first.
std::vector<CatalogReader::MissedSearch> list_missed_searches(Connection& connection,
                                                              std::int64_t limit);
// Adds counts to those stored and keeps the `max_texts` most frequent.
void add_missed_searches(Connection& connection,
                         const std::vector<CatalogReader::MissedSearch>& missed,
                         std::int64_t max_texts);

}  // namespace minato::storage::sqlite
