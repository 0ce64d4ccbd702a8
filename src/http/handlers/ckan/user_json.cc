#include "http/handlers/ckan/user_json.h"

#include <algorithm>
#include <string>

#include "core/sha256.h"

namespace minato::http::ckan {
namespace {

std::string hash_of(std::string email) {
  if (email.empty()) return email;
  std::transform(email.begin(), email.end(), email.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return core::sha256_hex(email);
}

}  // namespace

bool sees_email(const storage::User& user, const core::Caller& caller) {
  return caller.sysadmin || (!caller.is_anonymous() && caller.user_id == user.id);
}

const std::string& display_name(const storage::User& user) {
  return user.full_name.empty() ? user.name : user.full_name;
}

void write_user_members(formats::JsonWriter& json, const service::UserProfile& profile,
                        bool with_email) {
  const storage::User& user = profile.user;
  json.field("id", user.id)
      .field("name", user.name)
      .field_or_null("fullname", user.full_name)
      .field("display_name", display_name(user))
      .field_or_null("about", user.about)
      .field("created", core::to_ckan_time(user.created))
      .field("state", user.state == core::State::kDeleted ? "deleted" : "active");
  json.key("sysadmin").boolean(user.sysadmin);
  json.field_or_null("image_url", user.image_url).field("image_display_url", user.image_url);
  json.field("email_hash", with_email ? hash_of(user.email) : std::string());
  json.key("number_created_packages").integer(profile.datasets);
  json.key("activity_streams_email_notifications").boolean(false);
  json.field_or_null("last_active",
                     profile.last_active ? core::to_ckan_time(*profile.last_active) : "");
  if (!with_email) return;
  json.field_or_null("email", user.email);
  json.key("apikey").null();
}

}  // namespace minato::http::ckan
