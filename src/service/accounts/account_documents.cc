#include "service/accounts/account_documents.h"

#include <optional>

#include "formats/json.h"

namespace minato::service {

namespace {

using formats::JsonWriter;

std::string_view state_name(core::State state) {
  switch (state) {
    case core::State::kDraft:
      return "draft";
    case core::State::kDeleted:
      return "deleted";
    case core::State::kActive:
      break;
  }
  return "active";
}

void write_time(JsonWriter& json, std::string_view name,
                const std::optional<core::Timestamp>& time) {
  json.field_or_null(name, time ? core::to_ckan_time(*time) : std::string());
}

std::string role_detail(const storage::Membership& membership) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().field("user", membership.user_id);
  json.field("role", core::role_name(membership.role)).end_object();
  return text;
}

}  // namespace

std::string user_document(const storage::User& user) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().field("id", user.id).field("name", user.name);
  json.field("full_name", user.full_name).field("email", user.email).field("about", user.about);
  json.field("image_url", user.image_url).key("sysadmin").boolean(user.sysadmin);
  json.field("state", state_name(user.state));
  json.field("created", core::to_ckan_time(user.created)).end_object();
  return text;
}

std::string token_document(const storage::ApiToken& token) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().field("id", token.id).field("user_id", token.user_id);
  json.field("name", token.name).key("scopes").begin_array();
  for (const std::string& scope : token.scopes) json.string(scope);
  json.end_array().field("created", core::to_ckan_time(token.created));
  write_time(json, "expires", token.expires);
  write_time(json, "revoked", token.revoked);
  json.end_object();
  return text;
}

std::string membership_document(const storage::Membership& membership) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().field("group_id", membership.group_id);
  json.field("user_id", membership.user_id).field("role", core::role_name(membership.role));
  json.field("since", core::to_ckan_time(membership.since)).end_object();
  return text;
}

AuditSubject user_subject(std::string_view action, const storage::User* before,
                          const storage::User& after) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "user";
  subject.id = after.id;
  subject.name = after.name;
  if (before != nullptr) subject.before = user_document(*before);
  subject.after = user_document(after);
  return subject;
}

AuditSubject token_subject(std::string_view action, const storage::ApiToken* before,
                           const storage::ApiToken& after) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "token";
  subject.id = after.id;
  subject.name = after.name;
  if (before != nullptr) subject.before = token_document(*before);
  subject.after = token_document(after);
  JsonWriter json(subject.detail);
  json.begin_object().field("user", after.user_id).end_object();
  return subject;
}

AuditSubject member_subject(const storage::Membership* before, const storage::Membership* after,
                            const storage::User& user) {
  const storage::Membership& either = after != nullptr ? *after : *before;
  AuditSubject subject;
  subject.action = after != nullptr ? "member.put" : "member.remove";
  subject.kind = "member";
  subject.id = either.group_id + "/" + either.user_id;
  subject.name = user.name;
  subject.organization_id = either.group_id;
  if (before != nullptr) subject.before = membership_document(*before);
  if (after != nullptr) subject.after = membership_document(*after);
  subject.detail = role_detail(either);
  return subject;
}

storage::Activity user_activity(std::string_view type, const storage::User& user) {
  storage::Activity activity;
  activity.object_id = user.id;
  activity.type = type;
  activity.is_public = false;
  JsonWriter json(activity.data);
  json.begin_object().key("user").begin_object().field("id", user.id).field("name", user.name);
  json.field("fullname", user.full_name).field_or_null("about", user.about);
  json.end_object().end_object();
  return activity;
}

std::string id_result(std::string_view id) { return "\"" + std::string(id) + "\""; }

std::string_view id_of_result(std::string_view result) {
  if (result.size() < 2) return {};
  return result.substr(1, result.size() - 2);
}

}  // namespace minato::service
