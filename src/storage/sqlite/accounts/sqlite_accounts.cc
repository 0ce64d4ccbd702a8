#include "storage/sqlite/accounts/sqlite_accounts.h"

#include <string>

#include "storage/sqlite/accounts/account_rows.h"
#include "storage/sqlite/accounts/token_rows.h"
#include "storage/sqlite/ask.h"
#include "storage/sqlite/group_rows.h"

namespace minato::storage::sqlite {

using core::ErrorCode;
using core::Result;

Result<std::optional<User>> SqliteAccountReader::user(std::string_view id_or_name) {
  return ask(connection_, [&] { return find_user(connection_, id_or_name); });
}

Result<std::vector<User>> SqliteAccountReader::users(const UserListRequest& request) {
  return ask(connection_, [&] { return list_users(connection_, request); });
}

Result<std::optional<ApiToken>> SqliteAccountReader::token_by_hash(std::string_view hash) {
  return ask(connection_, [&] { return find_token_by_hash(connection_, hash); });
}

Result<std::optional<ApiToken>> SqliteAccountReader::token(std::string_view id) {
  return ask(connection_, [&] { return find_token(connection_, id); });
}

Result<std::vector<ApiToken>> SqliteAccountReader::tokens_of(std::string_view user_id) {
  return ask(connection_, [&] { return list_tokens_of(connection_, user_id); });
}

Result<std::vector<Membership>> SqliteAccountReader::memberships_of_user(std::string_view user_id) {
  return ask(connection_, [&] { return list_memberships_of_user(connection_, user_id); });
}

Result<std::vector<Membership>> SqliteAccountReader::memberships_of_group(
    std::string_view group_id) {
  return ask(connection_, [&] { return list_memberships_of_group(connection_, group_id); });
}

Result<void> SqliteAccountWriter::put_user(const User& user) {
  const auto taken = ask(connection_, [&] { return user_name_taken(connection_, user); });
  if (!taken) return tl::unexpected<core::Error>(taken.error());
  if (*taken) {
    return core::fail(ErrorCode::kConflict, "user-name-taken",
                      {"利用者名「" + user.name + "」は既に使われています。",
                       "The user name " + user.name + " is taken."},
                      {"別の利用者名を付けてください。", "Choose another user name."});
  }
  return writes_.run([&]() -> Result<void> {
    save_user(connection_, user);
    return {};
  });
}

Result<void> SqliteAccountWriter::check_user(std::string_view id) {
  const auto exists = ask(connection_, [&] { return user_exists(connection_, id); });
  if (!exists) return tl::unexpected<core::Error>(exists.error());
  if (*exists) return {};
  return core::fail(ErrorCode::kNotFound, "user-not-found",
                    {"利用者「" + std::string(id) + "」は登録されていません。",
                     "There is no user " + std::string(id) + "."},
                    {"利用者の一覧で名前を確認してください。", "See the list of users."});
}

Result<void> SqliteAccountWriter::put_token(const ApiToken& token) {
  if (auto known = check_user(token.user_id); !known) return known;
  return writes_.run([&]() -> Result<void> {
    save_token(connection_, token);
    return {};
  });
}

Result<void> SqliteAccountWriter::put_membership(const Membership& membership) {
  if (auto known = check_user(membership.user_id); !known) return known;
  const auto group =
      ask(connection_, [&] { return find_group_by_id(connection_, membership.group_id); });
  if (!group) return tl::unexpected<core::Error>(group.error());
  if (!*group) {
    return core::fail(ErrorCode::kNotFound, "group-not-found",
                      {"グループ「" + membership.group_id + "」は登録されていません。",
                       "There is no group with the id " + membership.group_id + "."},
                      {"先に登録するか、登録済みの ID を指定してください。",
                       "Register it first, or give a registered id."});
  }
  return writes_.run([&]() -> Result<void> {
    save_membership(connection_, membership);
    return {};
  });
}

Result<void> SqliteAccountWriter::remove_membership(std::string_view group_id,
                                                    std::string_view user_id) {
  return writes_.run([&]() -> Result<void> {
    delete_membership(connection_, group_id, user_id);
    return {};
  });
}

}  // namespace minato::storage::sqlite
