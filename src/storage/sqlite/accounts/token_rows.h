// API tokens as rows. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/accounts.h"
#include "storage/sqlite/accounts/token_use_log.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

std::optional<ApiToken> find_token(Connection& connection, std::string_view id);
std::optional<ApiToken> find_token_by_hash(Connection& connection, std::string_view hash);
// Newest first.
std::vector<ApiToken> list_tokens_of(Connection& connection, std::string_view user_id);
// Inserts or replaces; last_used stays as it is. REQUIRES: the user exists.
void save_token(Connection& connection, const ApiToken& token);
// Tokens that are not there are passed over.
void save_token_uses(Connection& connection, const std::vector<TokenUse>& uses);

}  // namespace minato::storage::sqlite
