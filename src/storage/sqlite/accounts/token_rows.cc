#include "storage/sqlite/accounts/token_rows.h"

#include <string>

namespace minato::storage::sqlite {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(text.empty() ? "" : "\n").append(line);
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::optional<core::Timestamp> optional_time(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

std::vector<ApiToken> tokens(Connection& connection, std::string_view where, std::string_view key) {
  Statement row = connection.prepare(
      "SELECT id, user_id, name, hash, scopes, created, expires, revoked, last_used"
      " FROM api_token WHERE " +
      std::string(where));
  row.bind(1, key);
  std::vector<ApiToken> found;
  while (row.step()) {
    found.push_back({row.string(0), row.string(1), row.string(2), row.string(3),
                     lines_of(row.text(4)), row.time(5), optional_time(row, 6),
                     optional_time(row, 7), optional_time(row, 8)});
  }
  return found;
}

std::optional<ApiToken> first_of(std::vector<ApiToken> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

std::optional<ApiToken> find_token(Connection& connection, std::string_view id) {
  return first_of(tokens(connection, "id = ?1", id));
}

std::optional<ApiToken> find_token_by_hash(Connection& connection, std::string_view hash) {
  return first_of(tokens(connection, "hash = ?1", hash));
}

std::vector<ApiToken> list_tokens_of(Connection& connection, std::string_view user_id) {
  return tokens(connection, "user_id = ?1 ORDER BY created DESC, id", user_id);
}

void save_token(Connection& connection, const ApiToken& token) {
  connection
      .prepare(
          "INSERT INTO api_token (id, user_id, name, hash, scopes, created, expires, revoked)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET"
          " (user_id, name, hash, scopes, created, expires, revoked)"
          " = (?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .bind_all(token.id, token.user_id, token.name, token.hash, joined(token.scopes),
                token.created, token.expires, token.revoked)
      .run();
}

void save_token_uses(Connection& connection, const std::vector<TokenUse>& uses) {
  Statement update = connection.prepare(
      "UPDATE api_token SET last_used = ?2 WHERE id = ?1 AND ifnull(last_used, -1) < ?2");
  for (const TokenUse& use : uses) update.bind_all(use.token_id, use.minute).run();
}

}  // namespace minato::storage::sqlite
