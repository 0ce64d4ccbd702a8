// The people in organizations and groups, as far as a caller may see them.
#pragma once

#include <string>
#include <string_view>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/search.h"
#include "http/handlers/ckan/failure.h"
#include "service/accounts/accounts.h"
#include "service/directory.h"

namespace minato::http::ckan {

// An active organization or group by id or name; nullptr when there is none of either kind.
const core::Group* find_any(const service::Directory& directory, std::string_view id_or_name);

// What group_show shows as "users", a JSON list with each one's capacity: empty unless the caller
// may list the members. `accounts` may be null: then nobody is known.
Checked<std::string> users_of(service::Accounts* accounts, const core::Group& group,
                              const core::Caller& caller);

// Datasets in it, for a search.
core::SearchExpr in_group(const core::Group& group);

}  // namespace minato::http::ckan
