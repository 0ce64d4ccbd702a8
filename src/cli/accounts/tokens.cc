#include "cli/accounts/tokens.h"

#include <limits>
#include <optional>

#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/json.h"

namespace minato::cli {

namespace {

using core::Result;
using storage::ApiToken;
using storage::User;

struct ListedToken {
  ApiToken token;
  std::string user;
};

Result<std::vector<User>> wanted_users(const AccountCommand& command) {
  storage::UserListRequest everybody;
  everybody.include_deleted = command.arguments.all;
  everybody.limit = std::numeric_limits<std::int32_t>::max();
  if (command.arguments.user.empty()) {
    return command.accounts.users(everybody, command.context.caller);
  }
  auto profile = command.accounts.user(command.arguments.user);
  if (!profile) return tl::unexpected(std::move(profile).error());
  return std::vector<User>{std::move(profile->user)};
}

bool is_live(const ApiToken& token, core::Timestamp now) {
  return !token.revoked && (!token.expires || *token.expires > now);
}

Result<std::vector<ListedToken>> listed_tokens(const AccountCommand& command) {
  const auto users = wanted_users(command);
  if (!users) return tl::unexpected(users.error());
  const core::Timestamp now = command.store.clock().now();
  std::vector<ListedToken> listed;
  for (const User& user : *users) {
    auto tokens = command.accounts.tokens(user.id, command.context.caller);
    if (!tokens) return tl::unexpected(std::move(tokens).error());
    for (ApiToken& token : *tokens) {
      if (!command.arguments.all && !is_live(token, now)) continue;
      listed.push_back({std::move(token), user.name});
    }
  }
  return listed;
}

core::LocalizedText state_of(const ApiToken& token, core::Timestamp now) {
  if (token.revoked) return {"取り消し済み", "revoked"};
  if (!is_live(token, now)) return {"期限切れ", "expired"};
  return {"有効", "valid"};
}

void write_time(formats::JsonWriter& json, std::string_view name,
                const std::optional<core::Timestamp>& time) {
  json.field_or_null(name, time ? core::to_rfc3339(*time) : std::string());
}

void print_json(const std::vector<ListedToken>& tokens, const AccountCommand& command) {
  const core::Timestamp now = command.store.clock().now();
  std::string text;
  formats::JsonWriter json(text);
  json.begin_array();
  for (const auto& [token, user] : tokens) {
    json.begin_object().field("id", token.id).field("user", user).field("name", token.name);
    json.field("state", state_of(token, now).en).key("scopes").begin_array();
    for (const std::string& scope : token.scopes) json.string(scope);
    json.end_array().field("created", core::to_rfc3339(token.created));
    write_time(json, "expires", token.expires);
    write_time(json, "revoked", token.revoked);
    write_time(json, "last_used", token.last_used);
    json.end_object();
  }
  json.end_array();
  command.out << text << "\n";
}

void print_table(const std::vector<ListedToken>& tokens, const AccountCommand& command) {
  const bool ja = command.language == core::Language::kJa;
  const core::Timestamp now = command.store.clock().now();
  TextTable table;
  table.add(ja ? std::vector<std::string>{"ID", "利用者", "名前", "状態", "範囲", "発行", "期限",
                                          "最後の使用（日本時間）"}
               : std::vector<std::string>{"id", "user", "name", "state", "scopes", "created",
                                          "expires", "last used (Japan)"});
  for (const auto& [token, user] : tokens) {
    std::string scopes;
    for (const std::string& scope : token.scopes) scopes += (scopes.empty() ? "" : ",") + scope;
    table.add({token.id, user, or_dash(printable(token.name)),
               state_of(token, now).in(command.language), or_dash(scopes),
               japan_time(token.created), japan_time(token.expires), japan_time(token.last_used)});
  }
  table.print(command.out);
}

}  // namespace

Result<int> list_tokens(const AccountCommand& command) {
  const auto tokens = listed_tokens(command);
  if (!tokens) return tl::unexpected(tokens.error());
  if (command.arguments.json) {
    print_json(*tokens, command);
  } else {
    print_table(*tokens, command);
  }
  return 0;
}

Result<int> revoke_token(const AccountCommand& command) {
  const auto revoked = command.accounts.revoke_token(command.arguments.name, command.context);
  if (!revoked) return tl::unexpected(revoked.error());
  const core::LocalizedText done{"取り消しました。", "revoked."};
  command.out << done.in(command.language) << "\n";
  return 0;
}

}  // namespace minato::cli
