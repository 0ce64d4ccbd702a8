// Uploads as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/push_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::push {

// Inserts or replaces.
void save_upload(Connection& connection, const Upload& upload);
std::optional<Upload> find_upload(Connection& connection, std::string_view id);
// The oldest first.
std::vector<Upload> list_uploads_of(Connection& connection, std::string_view user_id);
std::vector<Upload> list_expired_uploads(Connection& connection, core::Timestamp now);
void delete_upload(Connection& connection, std::string_view id);

}  // namespace minato::storage::sqlite::push
