// What audit entries and activities tell of users, tokens and roles. Never a token or its hash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "service/audited_store.h"
#include "storage/accounts.h"

namespace minato::service {

// JSON objects.
std::string user_document(const storage::User& user);
std::string token_document(const storage::ApiToken& token);
std::string membership_document(const storage::Membership& membership);

// Subjects of audit entries. A null `before` or `after`: it did not exist, or is gone.
AuditSubject user_subject(std::string_view action, const storage::User* before,
                          const storage::User& after);
AuditSubject token_subject(std::string_view action, const storage::ApiToken* before,
                           const storage::ApiToken& after);
AuditSubject member_subject(const storage::Membership* before, const storage::Membership* after,
                            const storage::User& user);

// CKAN's "new user", "changed user", "deleted user"; not public, as users are not.
storage::Activity user_activity(std::string_view type, const storage::User& user);

// Changes::result of a write whose result is one thing: its id as JSON, and back.
std::string id_result(std::string_view id);
std::string_view id_of_result(std::string_view result);

}  // namespace minato::service
