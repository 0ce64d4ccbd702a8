// Users, tokens and memberships as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/accounts.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// By id, else by name.
std::optional<User> find_user(Connection& connection, std::string_view id_or_name);
bool user_exists(Connection& connection, std::string_view id);
bool user_name_taken(Connection& connection, const User& user);
std::vector<User> list_users(Connection& connection, const UserListRequest& request);
// Inserts or replaces. REQUIRES: its name is free.
void save_user(Connection& connection, const User& user);

std::vector<Membership> list_memberships_of_user(Connection& connection, std::string_view user_id);
std::vector<Membership> list_memberships_of_group(Connection& connection,
                                                  std::string_view group_id);
// REQUIRES: user and group exist.
void save_membership(Connection& connection, const Membership& membership);
void delete_membership(Connection& connection, std::string_view group_id, std::string_view user_id);

}  // namespace minato::storage::sqlite
