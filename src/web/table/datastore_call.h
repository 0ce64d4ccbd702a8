// The same question as CKAN's datastore_search asks it.
#pragma once

#include <optional>

#include "http/message.h"
#include "web/table/table_visit.h"

namespace minato::web {

// Parameters of /api/3/action/datastore_search; nullopt: it cannot be said there (where=, places,
// an older version, operators and names that CKAN does not have).
std::optional<http::Params> datastore_parameters(const TableVisit& visit);

}  // namespace minato::web
