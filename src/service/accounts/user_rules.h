// What a user may look like, and what must hold when one changes.
#pragma once

#include "core/error.h"
#include "service/accounts/accounts.h"
#include "storage/catalog_store.h"

namespace minato::service {

// `user` as `change` wants it; kInvalidArgument "user-invalid".
core::Result<storage::User> changed_user(storage::User user, const UserChange& change);

// kConflict "last-sysadmin" when no other user is an active sysadmin.
core::Result<void> require_another_sysadmin(storage::AccountReader& accounts,
                                            const storage::User& user);

// What a deleted user must not keep: roles, and tokens that would work again after a return. Gives
// a JSON object that tells of them, for the audit entry.
core::Result<std::string> take_away_rights(storage::CatalogWriter& writer,
                                           const storage::User& user, core::Timestamp now);

}  // namespace minato::service
