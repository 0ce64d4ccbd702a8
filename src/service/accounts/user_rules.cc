#include "service/accounts/user_rules.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/names.h"
#include "core/url.h"
#include "formats/json.h"
#include "service/accounts/account_lookup.h"

namespace minato::service {

namespace {

using core::ErrorDetails;
using core::Result;
using storage::User;

void add(ErrorDetails& wrongs, ErrorDetails more) {
  std::move(more.begin(), more.end(), std::back_inserter(wrongs));
}

ErrorDetails check_image_url(const std::string& url) {
  if (url.empty() || core::parse_url(url)) return {};
  core::ErrorDetail detail;
  detail.param = "image_url";
  detail.message = {"http か https の URL を書いてください。", "Please provide a valid URL"};
  return {std::move(detail)};
}

ErrorDetails check_about(const std::string& about) {
  if (about.size() <= core::kMaxTextBytes) return {};
  core::ErrorDetail detail;
  detail.param = "about";
  detail.message = {"256 KB 以内にしてください。", "Must be at most 256 KB long"};
  return {std::move(detail)};
}

ErrorDetails check_state(core::State state) {
  if (state != core::State::kDraft) return {};
  core::ErrorDetail detail;
  detail.param = "state";
  detail.message = {"active か deleted にしてください。", "Must be active or deleted"};
  return {std::move(detail)};
}

template <typename T>
void take(const std::optional<T>& wanted, T& value) {
  if (wanted) value = *wanted;
}

}  // namespace

Result<User> changed_user(User user, const UserChange& change) {
  take(change.name, user.name);
  take(change.full_name, user.full_name);
  take(change.email, user.email);
  take(change.about, user.about);
  take(change.image_url, user.image_url);
  take(change.sysadmin, user.sysadmin);
  take(change.state, user.state);
  ErrorDetails wrongs = core::check_name(user.name, "name");
  add(wrongs, check_label(user.full_name, "fullname", core::kMaxTitleLength));
  add(wrongs, core::check_email(user.email, "email"));
  add(wrongs, check_about(user.about));
  add(wrongs, check_image_url(user.image_url));
  add(wrongs, check_state(user.state));
  if (wrongs.empty()) return user;
  return wrong_fields("user-invalid",
                      {"利用者の情報が正しくありません。", "The user is not valid."},
                      std::move(wrongs));
}

Result<void> require_another_sysadmin(storage::AccountReader& accounts, const User& user) {
  storage::UserListRequest everybody;
  everybody.limit = std::numeric_limits<std::int32_t>::max();
  auto users = accounts.users(everybody);
  if (!users) return tl::unexpected(std::move(users).error());
  const bool another = std::any_of(users->begin(), users->end(), [&](const User& other) {
    return other.sysadmin && other.state == core::State::kActive && other.id != user.id;
  });
  if (another) return {};
  return core::fail(core::ErrorCode::kConflict, "last-sysadmin",
                    {"最後のシステム管理者は削除も降格もできません。",
                     "The last system administrator can be neither deleted nor demoted."},
                    {"先に別の利用者をシステム管理者にしてください。",
                     "Make another user a system administrator first."});
}

Result<std::string> take_away_rights(storage::CatalogWriter& writer, const User& user,
                                     core::Timestamp now) {
  storage::AccountReader& accounts = writer.reader().accounts();
  const auto roles = accounts.memberships_of_user(user.id);
  if (!roles) return tl::unexpected(roles.error());
  const auto tokens = accounts.tokens_of(user.id);
  if (!tokens) return tl::unexpected(tokens.error());
  std::string detail;
  formats::JsonWriter json(detail);
  json.begin_object().key("roles_removed").begin_object();
  for (const storage::Membership& role : *roles) {
    json.field(role.group_id, core::role_name(role.role));
    auto done = writer.accounts().remove_membership(role.group_id, user.id);
    if (!done) return tl::unexpected(std::move(done).error());
  }
  json.end_object().key("tokens_revoked").begin_array();
  for (storage::ApiToken token : *tokens) {
    if (token.revoked) continue;
    json.string(token.id);
    token.revoked = now;
    auto done = writer.accounts().put_token(token);
    if (!done) return tl::unexpected(std::move(done).error());
  }
  json.end_array().end_object();
  return detail;
}

}  // namespace minato::service
