// Tokens: making, listing and revoking them.
#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "auth/token.h"
#include "core/uuid.h"
#include "service/accounts/account_documents.h"
#include "service/accounts/account_lookup.h"
#include "service/accounts/accounts.h"

namespace minato::service {

namespace {

using auth::Action;
using core::ErrorCode;
using core::Result;
using storage::ApiToken;
using storage::CatalogWriter;

constexpr std::int64_t kDayUs = std::int64_t{24} * 3600 * 1'000'000;
constexpr std::size_t kMaxNameLength = 100;
constexpr std::size_t kMaxLiveTokens = 1000;  // of one user

bool is_own(const core::Caller& caller, const std::string& user_id) {
  return !caller.is_anonymous() && caller.user_id == user_id;
}

Result<void> check_right(const core::Caller& caller, const std::string& user_id) {
  return auth::require(is_own(caller, user_id) ? Action::kCreateOwnToken : Action::kManageAnyToken,
                       caller);
}

core::ErrorDetail wrong(const char* param, core::LocalizedText message) {
  core::ErrorDetail detail;
  detail.param = param;
  detail.message = std::move(message);
  return detail;
}

void check_scopes(const std::vector<std::string>& wanted, core::ErrorDetails& wrongs) {
  const auto& known = auth::scopes();
  for (const std::string& scope : wanted) {
    if (std::find(known.begin(), known.end(), scope) != known.end()) continue;
    core::ErrorDetail detail =
        wrong("scopes", {"この範囲（scope）はありません。", "There is no such scope."});
    for (const std::string_view name : known) {
      detail.expected += (detail.expected.empty() ? "" : ", ") + std::string(name);
    }
    detail.hint = {"read、datasets、members、accounts から選んでください。",
                   "Choose from read, datasets, members and accounts."};
    wrongs.push_back(std::move(detail));
    return;
  }
}

void check_expiry(const ApiToken& token, std::int64_t max_days, core::ErrorDetails& wrongs) {
  if (!token.expires) return;
  if (*token.expires <= token.created) {
    wrongs.push_back(wrong("expires", {"過去の日時です。", "It is in the past."}));
  } else if (max_days > 0 && token.expires->us - token.created.us > max_days * kDayUs) {
    const std::string days = std::to_string(max_days);
    wrongs.push_back(wrong(
        "expires", {days + " 日以内にしてください。", "It must be within " + days + " days."}));
  }
}

// The token that is wanted, without its secret.
Result<ApiToken> checked_token(const NewToken& wanted, std::int64_t max_days, core::Timestamp now) {
  ApiToken token;
  token.id = core::random_uuid();
  token.name = wanted.name;
  token.created = now;
  token.expires = wanted.expires;
  // Who names none gets the longest there is.
  if (!token.expires && max_days > 0) token.expires = core::Timestamp{now.us + max_days * kDayUs};
  core::ErrorDetails wrongs = check_label(wanted.name, "name", kMaxNameLength);
  check_scopes(wanted.scopes, wrongs);
  check_expiry(token, max_days, wrongs);
  for (const std::string_view scope : auth::scopes()) {
    if (std::find(wanted.scopes.begin(), wanted.scopes.end(), scope) != wanted.scopes.end()) {
      token.scopes.emplace_back(scope);
    }
  }
  if (wrongs.empty()) return token;
  return wrong_fields("token-invalid",
                      {"トークンの指定が正しくありません。", "The token cannot be made like this."},
                      std::move(wrongs));
}

// A token makes none that may do more than itself.
Result<void> check_width(const ApiToken& token, const core::Caller& caller) {
  if (caller.scopes.empty()) return {};
  const auto has = [&](const std::string& scope) {
    return scope == "read" ||
           std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
  };
  if (!token.scopes.empty() && std::all_of(token.scopes.begin(), token.scopes.end(), has)) {
    return {};
  }
  return core::fail(ErrorCode::kPermissionDenied, "token-scope-wider",
                    {"使っているトークンより広い範囲（scope）のトークンは作れません。",
                     "A token cannot make one with wider scopes than its own."},
                    {"scopes に使っているトークンの範囲以下を指定してください。",
                     "Name scopes that the token you use has itself."});
}

Result<void> check_count(storage::AccountReader& accounts, const ApiToken& token) {
  auto tokens = accounts.tokens_of(token.user_id);
  if (!tokens) return tl::unexpected(std::move(tokens).error());
  const auto live = std::count_if(tokens->begin(), tokens->end(), [&](const ApiToken& other) {
    return !other.revoked && (!other.expires || *other.expires > token.created);
  });
  if (static_cast<std::size_t>(live) < kMaxLiveTokens) return {};
  return core::fail(ErrorCode::kConflict, "too-many-tokens",
                    {"この利用者の有効なトークンが多すぎます（1000 まで）。",
                     "This user has too many valid tokens (1000 at most)."},
                    {"使わないトークンを取り消してください。", "Revoke tokens that are not used."});
}

tl::unexpected<core::Error> token_not_found() {
  return core::fail(
      ErrorCode::kNotFound, "token-not-found",
      {"トークンが見つかりません。", "There is no such token."},
      {"トークンの一覧で ID を確かめてください。", "See the list of tokens for its id."});
}

tl::unexpected<core::Error> already_issued() {
  return core::fail(
      ErrorCode::kConflict, "token-already-issued",
      {"この Idempotency-Key のトークンは発行済みで、もう表示できません。",
       "The token of this Idempotency-Key was issued before and cannot be shown again."},
      {"受け取れなかったときは一覧から取り消し、新しいキーで発行し直してください。",
       "If you did not get it, revoke it in the list and make another with a new key."});
}

Result<ApiToken> find_token(storage::AccountReader& accounts, std::string_view id_or_text,
                            const std::string& secret) {
  auto found = auth::looks_like_token(id_or_text)
                   ? accounts.token_by_hash(auth::token_hash(secret, id_or_text))
                   : accounts.token(id_or_text);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return token_not_found();
  return std::move(**found);
}

}  // namespace

Result<IssuedToken> Accounts::issue_token(const NewToken& wanted, const WriteContext& context) {
  // The least it takes, before anything is asked of the writer.
  if (auto allowed = auth::require(Action::kCreateOwnToken, context.caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  IssuedToken issued;
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    storage::AccountReader& accounts = writer.reader().accounts();
    auto user = live_user(accounts, wanted.user);
    if (!user) return tl::unexpected(std::move(user).error());
    if (auto allowed = check_right(context.caller, user->id); !allowed) {
      return tl::unexpected(std::move(allowed).error());
    }
    auto token = checked_token(wanted, options_.token_max_days, store_.clock().now());
    if (!token) return tl::unexpected(std::move(token).error());
    token->user_id = user->id;
    if (auto fits = check_width(*token, context.caller); !fits) {
      return tl::unexpected(std::move(fits).error());
    }
    if (auto fits = check_count(accounts, *token); !fits) {
      return tl::unexpected(std::move(fits).error());
    }
    issued.text = auth::make_token();
    token->hash = auth::token_hash(options_.token_secret, issued.text);
    if (auto done = writer.accounts().put_token(*token); !done) {
      return tl::unexpected(std::move(done).error());
    }
    issued.token = *std::move(token);
    return Changes{
        {token_subject("token.create", nullptr, issued.token)}, {}, id_result(issued.token.id)};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  if (written->replayed) return already_issued();
  return issued;
}

Result<std::vector<ApiToken>> Accounts::tokens(std::string_view user, const core::Caller& caller) {
  if (auto allowed = auth::require(Action::kCreateOwnToken, caller); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  auto view = reader();
  if (!view) return tl::unexpected(std::move(view).error());
  auto found = any_user((*view)->accounts(), user);
  if (!found) return tl::unexpected(std::move(found).error());
  if (auto allowed = check_right(caller, found->id); !allowed) {
    return tl::unexpected(std::move(allowed).error());
  }
  return (*view)->accounts().tokens_of(found->id);
}

Result<void> Accounts::revoke_token(std::string_view id_or_text, const WriteContext& context) {
  if (context.caller.is_anonymous() && !context.caller.sysadmin) {
    return auth::require(Action::kCreateOwnToken, context.caller);
  }
  auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto token = find_token(writer.reader().accounts(), id_or_text, options_.token_secret);
    if (!token) return tl::unexpected(std::move(token).error());
    const bool itself =
        is_own(context.caller, token->user_id) && context.caller.token_id == token->id;
    if (auto allowed = check_right(context.caller, token->user_id); !allowed && !itself) {
      return tl::unexpected(std::move(allowed).error());
    }
    if (token->revoked) return Changes{};
    ApiToken revoked = *token;
    revoked.revoked = store_.clock().now();
    if (auto done = writer.accounts().put_token(revoked); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return Changes{{token_subject("token.revoke", &*token, revoked)}, {}, ""};
  });
  if (!written) return tl::unexpected(std::move(written).error());
  return {};
}

}  // namespace minato::service
