// Finding users and groups inside a view of the catalogue, and what the rooms of Accounts share.
#pragma once

#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "core/names.h"
#include "storage/catalog_store.h"

namespace minato::service {

tl::unexpected<core::Error> user_not_found();

// In any state; kNotFound "user-not-found".
core::Result<storage::User> any_user(storage::AccountReader& accounts, std::string_view id_or_name);
// One that is not deleted; ditto.
core::Result<storage::User> live_user(storage::AccountReader& accounts,
                                      std::string_view id_or_name);
// An organization or a group; kNotFound "organization-not-found" when it is neither.
core::Result<core::Group> any_group(storage::CatalogReader& reader, std::string_view id_or_name);

// A short text for people: no control characters, at most `max_length` code points, UTF-8.
core::ErrorDetails check_label(std::string_view text, std::string_view param,
                               std::size_t max_length);

// kInvalidArgument with the first detail's words in its message.
tl::unexpected<core::Error> wrong_fields(std::string_view id, core::LocalizedText what,
                                         core::ErrorDetails details);

}  // namespace minato::service
