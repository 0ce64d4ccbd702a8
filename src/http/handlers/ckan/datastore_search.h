// datastore_search: rows of a table in CKAN's envelope.
#pragma once

#include "http/handlers/ckan/action.h"

namespace minato::http::ckan {

Outcome datastore_search(ActionCall& call, formats::JsonWriter& json);

}  // namespace minato::http::ckan
