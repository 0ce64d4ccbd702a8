// AccountReader and AccountWriter over a connection of the catalogue.
#pragma once

#include "storage/accounts.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/plain_writes.h"

namespace minato::storage::sqlite {

class SqliteAccountReader final : public AccountReader {
 public:
  // REQUIRES: a transaction is open on `connection`.
  explicit SqliteAccountReader(Connection& connection) : connection_(connection) {}

  core::Result<std::optional<User>> user(std::string_view id_or_name) override;
  core::Result<std::vector<User>> users(const UserListRequest& request) override;
  core::Result<std::optional<ApiToken>> token_by_hash(std::string_view hash) override;
  core::Result<std::optional<ApiToken>> token(std::string_view id) override;
  core::Result<std::vector<ApiToken>> tokens_of(std::string_view user_id) override;
  core::Result<std::vector<Membership>> memberships_of_user(std::string_view user_id) override;
  core::Result<std::vector<Membership>> memberships_of_group(std::string_view group_id) override;

 private:
  Connection& connection_;
};

// What is refused leaves nothing.
class SqliteAccountWriter final : public AccountWriter {
 public:
  // `writes` is that of the transaction.
  SqliteAccountWriter(Connection& connection, PlainWrites& writes)
      : connection_(connection), writes_(writes) {}

  core::Result<void> put_user(const User& user) override;
  // kNotFound "user-not-found".
  core::Result<void> put_token(const ApiToken& token) override;
  // kNotFound "user-not-found", "group-not-found".
  core::Result<void> put_membership(const Membership& membership) override;
  core::Result<void> remove_membership(std::string_view group_id,
                                       std::string_view user_id) override;

 private:
  core::Result<void> check_user(std::string_view id);

  Connection& connection_;
  PlainWrites& writes_;
};

}  // namespace minato::storage::sqlite
