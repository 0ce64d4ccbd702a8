// user_create, user_update, user_patch, user_delete. The table has api_token_* too.
#include <utility>

#include "auth/permissions.h"
#include "core/names.h"
#include "core/utf8.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/user_json.h"
#include "http/handlers/ckan/writes/field_reader.h"
#include "http/handlers/ckan/writes/token_changes.h"
#include "http/handlers/ckan/writes/validation_error.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

constexpr std::size_t kMinPassword = 8;

tl::unexpected<Failure> user_failed(core::Error error) {
  if (error.id == "user-name-taken") return invalid("name", "That login name is not available.");
  if (error.code == core::ErrorCode::kNotFound) return not_found("User was not found.");
  return write_failed(std::move(error));
}

tl::unexpected<Failure> fields_failed(core::ErrorDetails wrongs) {
  core::Error error;
  error.code = core::ErrorCode::kInvalidArgument;
  error.details = std::move(wrongs);
  return write_failed(std::move(error));
}

void missing(FieldReader& fields, const std::string& name) {
  fields.fail("/" + name, {"値がありません。", "Missing value"});
}

// CKAN's clients send one. Nobody signs in with it here: it is checked, and kept nowhere.
void check_password(const WriteCall& call, FieldReader& fields, bool required) {
  const auto* value = call.arguments.find("password");
  if (value != nullptr && !value->IsString()) {
    fields.fail("/password", {"文字列ではありません。", "Passwords must be strings"});
    return;
  }
  const std::string_view text = value == nullptr ? std::string_view() : formats::text_of(*value);
  if (text.empty()) {
    if (required) missing(fields, "password");
  } else if (core::count_code_points(text) < kMinPassword) {
    fields.fail("/password", {"パスワードは 8 文字以上にしてください。",
                              "Your password must be 8 characters or longer"});
  }
}

std::optional<std::string> trimmed(std::optional<std::string> text) {
  if (!text) return text;
  const auto begin = text->find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return std::string();
  return text->substr(begin, text->find_last_not_of(" \t\r\n") - begin + 1);
}

// Flags that CKAN ignores unless a sysadmin sends them.
void read_sysadmin_fields(const WriteCall& call, FieldReader& fields, service::UserChange& change) {
  if (!call.caller.sysadmin) return;
  Checks checks(call.arguments);
  if (fields.has("sysadmin")) change.sysadmin = checks.boolean("sysadmin", false);
  const auto state = fields.text("state");
  if (!state || state->empty()) return;
  if (*state == "active") {
    change.state = core::State::kActive;
  } else if (*state == "deleted") {
    change.state = core::State::kDeleted;
  } else {
    fields.fail("/state", {"active か deleted です。", "Value must be one of active, deleted"});
  }
}

service::UserChange read_fields(const WriteCall& call, FieldReader& fields) {
  service::UserChange change;
  change.name = fields.text("name");
  change.full_name = fields.text("fullname");
  change.email = trimmed(fields.text("email"));
  change.about = fields.text("about");
  change.image_url = fields.text("image_url");
  read_sysadmin_fields(call, fields, change);
  return change;
}

// So that one answer tells what is wrong here and what the service would find.
void add_wrongs_of(const service::UserChange& change, core::ErrorDetails& wrongs) {
  for (auto& more : {core::check_name(change.name.value_or("-missing-"), "/name"),
                     core::check_email(change.email.value_or(""), "/email")}) {
    wrongs.insert(wrongs.end(), more.begin(), more.end());
  }
}

Outcome write_user(const WriteCall& call, formats::JsonWriter& json, const std::string& id,
                   std::string_view token) {
  const auto profile = call.sources.accounts.user(id);
  if (!profile) return failed(profile.error());
  json.begin_object();
  write_user_members(json, *profile, sees_email(profile->user, call.caller));
  if (!token.empty()) json.field("token", token);
  json.end_object();
  return {};
}

Outcome create(WriteCall& call, formats::JsonWriter& json) {
  auto allowed = auth::require(auth::Action::kCreateUser, call.caller);
  if (!allowed) return failed(std::move(allowed).error());
  core::ErrorDetails wrongs;
  FieldReader fields(call.arguments, wrongs);
  service::UserChange wanted = read_fields(call, fields);
  wanted.state = core::State::kActive;
  if (wanted.name.value_or("").empty()) missing(fields, "name");
  if (wanted.email.value_or("").empty()) missing(fields, "email");
  check_password(call, fields, true);
  Checks checks(call.arguments);
  const bool with_token = checks.boolean("with_apitoken", false);
  if (!wrongs.empty()) {
    if (!wanted.name.value_or("").empty()) add_wrongs_of(wanted, wrongs);
    return fields_failed(std::move(wrongs));
  }
  const auto made = call.sources.accounts.create_user(wanted, call.context());
  if (!made) return user_failed(made.error());
  if (!with_token) return write_user(call, json, made->id, "");
  const auto issued =
      call.sources.accounts.issue_token({made->id, "default", {}, {}}, call.context());
  if (!issued) return write_failed(issued.error());
  return write_user(call, json, made->id, issued->text);
}

// Who may change this user: the user, and sysadmins.
Outcome require_change(const WriteCall& call, const storage::User& user) {
  const bool own = user.id == call.caller.user_id;
  auto allowed =
      auth::require(own ? auth::Action::kUpdateOwnUser : auth::Action::kUpdateAnyUser, call.caller);
  if (!allowed) return failed(std::move(allowed).error());
  return {};
}

Outcome change(WriteCall& call, formats::JsonWriter& json, bool clear_absent) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto profile = call.sources.accounts.user(id);
  if (!profile) return user_failed(profile.error());
  const storage::User& user = profile->user;
  if (auto may = require_change(call, user); !may) return may;

  core::ErrorDetails wrongs;
  FieldReader fields(call.arguments, wrongs);
  service::UserChange wanted = read_fields(call, fields);
  check_password(call, fields, false);
  if (wanted.name && *wanted.name != user.name && !call.caller.sysadmin) {
    fields.fail("/name", {"ログイン名は変えられません。", "That login name can not be modified."});
  }
  if (clear_absent) {
    for (auto* field : {&wanted.full_name, &wanted.about, &wanted.image_url}) {
      if (!*field) field->emplace();
    }
  }
  const bool email_gone =
      clear_absent ? wanted.email.value_or("").empty() : wanted.email && wanted.email->empty();
  if (email_gone) missing(fields, "email");
  if (!wrongs.empty()) return fields_failed(std::move(wrongs));
  const auto changed = call.sources.accounts.change_user(user.id, wanted, call.context());
  if (!changed) return user_failed(changed.error());
  return write_user(call, json, user.id, "");
}

Outcome update(WriteCall& call, formats::JsonWriter& json) { return change(call, json, true); }

Outcome patch(WriteCall& call, formats::JsonWriter& json) { return change(call, json, false); }

Outcome remove(WriteCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string id = checks.required("id");
  if (checks.failed()) return checks.failure();
  const auto gone = call.sources.accounts.delete_user(id, call.context());
  if (!gone && gone.error().code == core::ErrorCode::kNotFound) {
    return not_found("User \"" + shortened(id) + "\" was not found.");
  }
  if (!gone) return write_failed(gone.error());
  json.null();
  return {};
}

const ActionParameter kId = {"id", {"名前か ID（必須）", "name or id (required)"}};

std::vector<ActionParameter> user_parameters(ActionParameter first) {
  return {
      std::move(first),
      {"email",
       {"メールアドレス（作成と update では必須）",
        "e-mail address (required to create and to update)"}},
      {"password",
       {"8 文字以上。形を確かめるだけで、保存もログインもしない（作成では必須）",
        "at least 8 characters; checked, but neither kept nor used (required to create)"}},
      {"fullname", {"氏名や係の名前", "full name"}},
      {"about", {"説明", "about the user"}},
      {"image_url", {"画像の URL", "address of an image"}},
      {"sysadmin",
       {"システム管理者にする（システム管理者だけが指定できる）",
        "a system administrator (for sysadmins)"}},
      {"state",
       {"active か deleted（システム管理者だけが指定できる）",
        "active or deleted (for sysadmins)"}},
  };
}

const core::LocalizedText kDictionary = {"user_show と同じ辞書", "the dictionary of user_show"};

}  // namespace

std::vector<WriteAction> user_write_actions() {
  auto creation = user_parameters({"name", {"名前（必須）", "name (required)"}});
  creation.push_back({"with_apitoken",
                      {"true なら API トークンも作り token に返す（省略時 false）",
                       "true: with a token for the API, as token (false)"}});
  std::vector<WriteAction> rows = {
      {"user_create",
       create,
       {"利用者を作成します。システム管理者だけができます。", "Creates a user; for sysadmins."},
       std::move(creation),
       kDictionary},
      {"user_update",
       update,
       {"利用者を書き換えます。送らなかった項目は空になります。本人かシステム管理者ができます。",
        "Replaces a user: what is not sent becomes empty; for the user and sysadmins."},
       user_parameters(kId),
       kDictionary},
      {"user_patch",
       patch,
       {"利用者の送った項目だけを変えます。本人かシステム管理者ができます。",
        "Changes the fields that are sent of a user; for the user and sysadmins."},
       user_parameters(kId),
       kDictionary},
      {"user_delete",
       remove,
       {"利用者を削除します。トークンと役割は失われます。システム管理者だけができます。",
        "Deletes a user, whose tokens and roles are lost; for sysadmins."},
       {kId},
       {"null", "null"}},
  };
  for (WriteAction& row : token_write_actions()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace minato::http::ckan
