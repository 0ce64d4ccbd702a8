// CKAN's dictionaries of users.
#pragma once

#include "core/caller.h"
#include "formats/json.h"
#include "service/accounts/accounts.h"

namespace minato::http::ckan {

// Who sees a user's e-mail address: the user and sysadmins.
bool sees_email(const storage::User& user, const core::Caller& caller);

// "Mika Aoki", or the name when there is no full name.
const std::string& display_name(const storage::User& user);

// The members of user_show's dictionary, into an object that is open. `with_email`: "email" and
// "email_hash" (SHA-256 of it in lower case, as Gravatar takes it; "" for others).
void write_user_members(formats::JsonWriter& json, const service::UserProfile& profile,
                        bool with_email);

}  // namespace minato::http::ckan
