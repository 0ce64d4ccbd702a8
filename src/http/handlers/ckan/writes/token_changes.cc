#include "http/handlers/ckan/writes/token_changes.h"

#include <optional>
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

constexpr std::int64_t kLongestSeconds = std::int64_t{100} * 366 * 24 * 3600;

// "expires" (a date), or "expires_in" times "unit" seconds as CKAN's plugin expire_api_token has
// it.
std::optional<core::Timestamp> read_expiry(Checks& checks, core::Timestamp now) {
  const std::string date = checks.text("expires");
  if (!date.empty()) {
    const auto time = core::parse_iso8601(date);
    if (!time) checks.fail("expires", "Date format incorrect");
    return time;
  }
  const auto count = checks.integer("expires_in");
  const auto unit = checks.integer("unit").value_or(24 * 3600);
  if (!count) return std::nullopt;
  if (*count <= 0 || unit <= 0 || *count > kLongestSeconds / unit) {
    checks.fail("expires_in", "Must be a positive integer, and within 100 years");
    return std::nullopt;
  }
  return core::Timestamp{now.us + *count * unit * 1'000'000};
}

Outcome create(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  service::NewToken wanted;
  wanted.user = checks.required("user");
  wanted.name = checks.required("name");
  wanted.scopes = checks.list("scopes");
  wanted.expires = read_expiry(checks, call.sources.catalog.now());
  if (checks.failed()) return checks.failure();
  const auto issued = call.sources.accounts.issue_token(wanted, call.context());
  if (!issued && issued.error().code == core::ErrorCode::kNotFound) {
    return not_found("User not found");
  }
  if (!issued) return write_failed(issued.error());
  json.begin_object();
  json.field("token", issued->text).field("id", issued->token.id);
  json.end_object();
  return {};
}

Outcome revoke(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const bool by_id = call.arguments.find("jti") != nullptr;
  const std::string token = checks.required(by_id ? "jti" : "token");
  if (checks.failed()) return checks.failure();
  const auto revoked = call.sources.accounts.revoke_token(token, call.context());
  if (!revoked) return write_failed(revoked.error());
  json.null();
  return {};
}

}  // namespace

std::vector<WriteAction> token_write_actions() {
  return {
      {"api_token_create",
       create,
       {"API トークンを作成します。トークンが表示されるのはこの一度だけです。",
        "Creates a token for the API. It is shown this one time."},
       {{"user",
         {"利用者の名前か ID（必須。本人、またはシステム管理者）",
          "name or id of the user (required; the caller, or by a sysadmin)"}},
        {"name", {"何に使うか（必須）", "what it is for (required)"}},
        {"scopes",
         {"範囲 read, datasets, members, accounts のリスト（省略時はすべて）",
          "a list of read, datasets, members and accounts (all)"}},
        {"expires", {"期限（ISO 8601）", "when it ends (ISO 8601)"}},
        {"expires_in", {"期限までの長さ（unit 秒の何倍か）", "life, in units"}},
        {"unit", {"expires_in の単位の秒数（省略時 86400）", "seconds of a unit (86400)"}}},
       {"token と id の辞書", "a dictionary of token and id"}},
      {"api_token_revoke",
       revoke,
       {"API トークンを取り消します。本人かシステム管理者ができます。",
        "Revokes a token; for its user and sysadmins."},
       {{"token", {"トークンそのもの（jti がなければ必須）", "the token (required without jti)"}},
        {"jti", {"トークンの ID", "the id of the token"}}},
       {"null", "null"}},
  };
}

}  // namespace minato::http::ckan
