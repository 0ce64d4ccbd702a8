// Former names and tombstones as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/history.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// The dataset (group) that had the name last; nothing while a live one has it, or when that one has
// it again.
std::optional<std::string> find_dataset_formerly(Connection& connection, std::string_view name);
std::optional<std::string> find_group_formerly(Connection& connection, std::string_view name);
// REQUIRES: the dataset (group) exists.
void save_former_dataset_name(Connection& connection, std::string_view name,
                              std::string_view dataset_id);
void save_former_group_name(Connection& connection, std::string_view name,
                            std::string_view group_id);

std::optional<Tombstone> find_tombstone(Connection& connection, std::string_view dataset_id);
// REQUIRES: the dataset exists.
void save_tombstone(Connection& connection, const Tombstone& tombstone);
void delete_tombstone(Connection& connection, std::string_view dataset_id);

}  // namespace minato::storage::sqlite
