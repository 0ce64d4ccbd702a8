// user_show, user_list, user_autocomplete, api_token_list: for callers that are known.
#include <algorithm>

#include "auth/permissions.h"
#include "formats/ckan_json.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/user_json.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

using storage::User;

constexpr std::int64_t kMaxDatasets = 50;
constexpr std::int64_t kMaxUsers = 10'000;

// Names of staff are no open data: CKAN shows them to everybody, this service to users.
Outcome require_user(const ActionCall& call, std::string_view action) {
  if (call.caller.is_anonymous() || call.accounts == nullptr) {
    return access_denied(requires_user(action));
  }
  return {};
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

core::Result<core::SearchResult> datasets_by(ActionCall& call, const User& user) {
  core::SearchRequest request;
  request.filters.push_back(equals("creator_user_id", user.id));
  request.sort = {{"metadata_modified", true}};
  request.limit = kMaxDatasets;
  request.visibility.include_private = request.visibility.include_drafts = true;
  return call.catalog.search(request, core::Language::kJa, call.caller);
}

Outcome write_datasets(ActionCall& call, formats::JsonWriter& json, const User& user) {
  const auto found = datasets_by(call, user);
  if (!found) return failed(found.error());
  const auto shown = rendering(call.catalog);
  if (!shown) return tl::unexpected(shown.error());
  json.key("datasets").begin_array();
  for (const auto& dataset : found->datasets) {
    formats::write_ckan_dataset(json, *dataset, shown->context);
  }
  json.end_array();
  return {};
}

Outcome user_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  std::string id = checks.text("id");
  const bool with_datasets = checks.boolean("include_datasets", false);
  const bool with_followers = checks.boolean("include_num_followers", false);
  if (checks.failed()) return checks.failure();
  if (auto known = require_user(call, "user_show"); !known) return known;
  if (id.empty()) id = call.caller.user_id;
  const auto profile = call.accounts->user(id);
  if (!profile) return failed(profile.error());
  const User& user = profile->user;
  if (user.state == core::State::kDeleted && !call.caller.sysadmin) return not_found();
  json.begin_object();
  write_user_members(json, *profile, sees_email(user, call.caller));
  if (with_followers) json.key("num_followers").integer(0);
  if (with_datasets) {
    if (auto written = write_datasets(call, json, user); !written) return written;
  }
  json.end_object();
  return {};
}

// Users whose name or full name holds the text. The e-mail counts for sysadmins only: others could
// find an address out letter by letter.
Checked<std::vector<User>> find_users(ActionCall& call, const std::string& text,
                                      const std::string& email) {
  if (!email.empty() && !call.caller.sysadmin) {
    return access_denied("User " + call.caller.user_name +
                         " not authorized to search users by e-mail");
  }
  storage::UserListRequest request;
  request.query = email.empty() ? text : email;
  request.limit = kMaxUsers;
  auto users = call.accounts->users(request, call.caller);
  if (!users) return failed(std::move(users).error());
  const std::string wanted = lower(text);
  const auto differs = [&](const User& user) {
    if (!email.empty() && lower(user.email) != lower(email)) return true;
    if (call.caller.sysadmin) return false;
    return lower(user.name).find(wanted) == std::string::npos &&
           lower(user.full_name).find(wanted) == std::string::npos;
  };
  std::erase_if(*users, differs);
  return std::move(*users);
}

// Number of public datasets by the id of who made them.
core::Result<std::map<std::string, std::int64_t>> created_counts(ActionCall& call) {
  core::SearchRequest request;
  request.limit = 0;
  request.facets = {"creator_user_id"};
  request.facet_limit = -1;
  const auto found = call.catalog.search(request);
  if (!found) return tl::unexpected(found.error());
  std::map<std::string, std::int64_t> counts;
  for (const auto& facet : found->facets) {
    for (const auto& value : facet.values) counts[value.value] = value.count;
  }
  return counts;
}

struct ListedUser {
  User user;
  std::int64_t datasets = 0;
};

// False when CKAN knows no such order.
bool sort_users(std::vector<ListedUser>& users, std::string_view order) {
  const auto by = [&](const auto& key) {
    std::stable_sort(users.begin(), users.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
    return true;
  };
  if (order.empty() || order == "display_name") {
    return by([](const auto& one) { return display_name(one.user); });
  }
  if (order == "name" || order == "id") return by([](const auto& one) { return one.user.name; });
  if (order == "fullname") return by([](const auto& one) { return one.user.full_name; });
  if (order == "about") return by([](const auto& one) { return one.user.about; });
  if (order == "created") return by([](const auto& one) { return one.user.created; });
  if (order == "sysadmin") return by([](const auto& one) { return !one.user.sysadmin; });
  if (order == "number_created_packages") return by([](const auto& one) { return -one.datasets; });
  return false;
}

Outcome user_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string text = checks.text("q");
  const std::string email = checks.text("email");
  const std::string order = checks.text("order_by");
  const bool all_fields = checks.flag("all_fields", true);
  if (checks.failed()) return checks.failure();
  if (auto known = require_user(call, "user_list"); !known) return known;
  auto found = find_users(call, text, email);
  if (!found) return tl::unexpected(std::move(found).error());
  const auto counts = created_counts(call);
  if (!counts) return failed(counts.error());
  std::vector<ListedUser> users;
  for (User& user : *found) {
    const auto count = counts->find(user.id);
    users.push_back({std::move(user), count == counts->end() ? 0 : count->second});
  }
  if (!sort_users(users, order)) {
    return invalid("order_by",
                   "Must be one of name, fullname, display_name, about, created, "
                   "sysadmin, number_created_packages");
  }
  json.begin_array();
  for (auto& [user, datasets] : users) {
    if (!all_fields) {
      json.string(user.name);
      continue;
    }
    const bool with_email = sees_email(user, call.caller);
    json.begin_object();
    write_user_members(json, {std::move(user), datasets, {}, {}}, with_email);
    json.end_object();
  }
  json.end_array();
  return {};
}

Outcome user_autocomplete(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string text = checks.present("q");
  auto left = checks.natural("limit", 20);
  const bool ignore_self = checks.boolean("ignore_self", false);
  if (checks.failed()) return checks.failure();
  if (auto known = require_user(call, "user_autocomplete"); !known) return known;
  const auto users = find_users(call, text, "");
  if (!users) return tl::unexpected(users.error());
  json.begin_array();
  for (const User& user : *users) {
    if (left <= 0) break;
    if (ignore_self && user.id == call.caller.user_id) continue;
    --left;
    json.begin_object();
    json.field("id", user.id).field("name", user.name);
    json.field("fullname", user.full_name);
    json.end_object();
  }
  json.end_array();
  return {};
}

void write_token(formats::JsonWriter& json, const storage::ApiToken& token) {
  json.begin_object();
  json.field("id", token.id).field("name", token.name).field("user_id", token.user_id);
  json.field("created_at", core::to_ckan_time(token.created));
  json.field_or_null("last_access", token.last_used ? core::to_ckan_time(*token.last_used) : "");
  json.field_or_null("expires_at", token.expires ? core::to_ckan_time(*token.expires) : "");
  json.key("scopes").begin_array();
  for (const std::string& scope : token.scopes) json.string(scope);
  json.end_array().end_object();
}

Outcome api_token_list(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  // The name that the parameter had up to CKAN 2.9.
  const bool old_name =
      call.arguments.find("user_id") == nullptr && call.arguments.find("user") != nullptr;
  const std::string id = checks.required(old_name ? "user" : "user_id");
  if (checks.failed()) return checks.failure();
  if (auto known = require_user(call, "api_token_list"); !known) return known;
  const auto tokens = call.accounts->tokens(id, call.caller);
  if (!tokens) return failed(tokens.error());
  call.depends_on_time = true;  // last_access
  json.begin_array();
  for (const storage::ApiToken& token : *tokens) {
    if (!token.revoked) write_token(json, token);
  }
  json.end_array();
  return {};
}

std::vector<ActionParameter> list_parameters() {
  return {
      {"q", {"名前に含まれる文字列", "part of the name or full name"}},
      {"email",
       {"このメールアドレスの人（システム管理者だけ）",
        "who has this e-mail address (sysadmins only)"}},
      {"order_by",
       {"name, fullname, display_name, about, created, sysadmin, number_created_packages の"
        "いずれか（省略時 display_name）",
        "name, fullname, display_name, about, created, sysadmin or number_created_packages "
        "(display_name)"}},
      {"all_fields", {"false なら名前だけ（省略時 true）", "false: names only (true)"}},
  };
}

}  // namespace

std::vector<Action> user_actions() {
  return {
      {"user_show",
       user_show,
       {"利用者を 1 人返します。メールアドレスは本人とシステム管理者にだけ見えます。",
        "One user. The e-mail address is shown to the user and to sysadmins."},
       {{"id", {"名前か ID（省略時は本人）", "name or id (the caller)"}},
        {"include_datasets",
         {"true なら作成したデータセット（50 件まで）も返す（省略時 false）",
          "true: with the datasets the user created, at most 50 (false)"}},
        {"include_num_followers",
         {"num_followers（常に 0）を含める（省略時 false）",
          "with num_followers, always 0 (false)"}}},
       {"利用者の辞書", "a user dictionary"}},
      {"user_list",
       user_list,
       {"利用者の一覧です。認証が必要です。", "All users; needs an authenticated user."},
       list_parameters(),
       {"利用者の辞書のリスト、または名前のリスト", "a list of user dictionaries or of names"}},
      {"user_autocomplete",
       user_autocomplete,
       {"入力中の文字列を含む利用者の候補を返します。認証が必要です。",
        "Users that match what has been typed; needs an authenticated user."},
       {{"q", {"入力された文字列（必須）", "what has been typed (required)"}},
        {"ignore_self", {"本人を除く（省略時 false）", "without the caller (false)"}},
        {"limit", {"返す件数（省略時 20）", "how many (20)"}}},
       {"id, name, fullname の辞書のリスト", "a list of dictionaries of id, name and fullname"}},
      {"api_token_list",
       api_token_list,
       {"利用者の有効な API トークンの一覧です。本人とシステム管理者だけが見られます。",
        "The tokens of a user; for the user and sysadmins."},
       {{"user_id",
         {"利用者の名前か ID（必須。user でもよい）",
          "name or id of the user (required; also as user)"}}},
       {"id, name, user_id, created_at, last_access, expires_at, scopes の辞書のリスト",
        "a list of dictionaries of id, name, user_id, created_at, last_access, expires_at and "
        "scopes"}},
  };
}

}  // namespace minato::http::ckan
