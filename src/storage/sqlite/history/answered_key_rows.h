// Answered keys as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string_view>

#include "storage/history.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

std::optional<AnsweredKey> find_answered_key(Connection& connection, std::string_view user_id,
                                             std::string_view key);
// Inserts or replaces.
void save_answered_key(Connection& connection, const AnsweredKey& key);
void delete_answered_keys(Connection& connection, core::Timestamp older_than);

}  // namespace minato::storage::sqlite
