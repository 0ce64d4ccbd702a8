#include "storage/sqlite/accounts/account_rows.h"

#include <string>

namespace minato::storage::sqlite {
namespace {

User read_user(const Statement& row) {
  User user;
  int column = 0;
  for (std::string* field :
       {&user.id, &user.name, &user.full_name, &user.email, &user.about, &user.image_url}) {
    *field = row.text(column++);
  }
  user.sysadmin = row.boolean(column++);
  user.state = static_cast<core::State>(row.integer(column++));
  user.created = row.time(column);
  return user;
}

std::vector<Membership> read_memberships(Statement& row) {
  std::vector<Membership> memberships;
  while (row.step()) {
    memberships.push_back(
        {row.string(0), row.string(1), static_cast<core::Role>(row.integer(2)), row.time(3)});
  }
  return memberships;
}

}  // namespace

std::optional<User> find_user(Connection& connection, std::string_view id_or_name) {
  for (const std::string_view sql :
       {"SELECT id, name, full_name, email, about, image_url, sysadmin, state, created"
        " FROM user_account WHERE id = ?1",
        "SELECT id, name, full_name, email, about, image_url, sysadmin, state, created"
        " FROM user_account WHERE name = ?1"}) {
    Statement row = connection.prepare(sql);
    row.bind(1, id_or_name);
    if (row.step()) return read_user(row);
  }
  return std::nullopt;
}

bool user_exists(Connection& connection, std::string_view id) {
  Statement row = connection.prepare("SELECT 1 FROM user_account WHERE id = ?1");
  row.bind(1, id);
  return row.step();
}

bool user_name_taken(Connection& connection, const User& user) {
  Statement row = connection.prepare("SELECT 1 FROM user_account WHERE name = ?1 AND id <> ?2");
  row.bind_all(user.name, user.id);
  return row.step();
}

std::vector<User> list_users(Connection& connection, const UserListRequest& request) {
  Statement row = connection.prepare(
      "SELECT id, name, full_name, email, about, image_url, sysadmin, state, created"
      " FROM user_account WHERE (?1 OR state <> 2) AND (?2 = ''"
      " OR instr(lower(name), lower(?2)) > 0 OR instr(lower(full_name), lower(?2)) > 0"
      " OR instr(lower(email), lower(?2)) > 0) ORDER BY name LIMIT ?3 OFFSET ?4");
  row.bind_all(request.include_deleted, request.query, request.limit < 0 ? 0 : request.limit,
               request.offset);
  std::vector<User> users;
  while (row.step()) users.push_back(read_user(row));
  return users;
}

void save_user(Connection& connection, const User& user) {
  connection
      .prepare(
          "INSERT INTO user_account (id, name, full_name, email, about, image_url, sysadmin,"
          " state, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE"
          " SET (name, full_name, email, about, image_url, sysadmin, state, created)"
          " = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .bind_all(user.id, user.name, user.full_name, user.email, user.about, user.image_url,
                user.sysadmin, static_cast<int>(user.state), user.created)
      .run();
}

std::vector<Membership> list_memberships_of_user(Connection& connection, std::string_view user_id) {
  Statement row = connection.prepare(
      "SELECT group_id, user_id, role, since FROM membership WHERE user_id = ?1"
      " ORDER BY group_id");
  row.bind(1, user_id);
  return read_memberships(row);
}

std::vector<Membership> list_memberships_of_group(Connection& connection,
                                                  std::string_view group_id) {
  Statement row = connection.prepare(
      "SELECT group_id, user_id, role, since FROM membership WHERE group_id = ?1"
      " ORDER BY user_id");
  row.bind(1, group_id);
  return read_memberships(row);
}

void save_membership(Connection& connection, const Membership& membership) {
  connection
      .prepare(
          "INSERT INTO membership (group_id, user_id, role, since) VALUES (?1, ?2, ?3, ?4)"
          " ON CONFLICT (group_id, user_id) DO UPDATE SET (role, since) = (?3, ?4)")
      .bind_all(membership.group_id, membership.user_id, static_cast<int>(membership.role),
                membership.since)
      .run();
}

void delete_membership(Connection& connection, std::string_view group_id,
                       std::string_view user_id) {
  connection.prepare("DELETE FROM membership WHERE group_id = ?1 AND user_id = ?2")
      .bind_all(group_id, user_id)
      .run();
}

}  // namespace minato::storage::sqlite
