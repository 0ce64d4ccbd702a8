// The action resource_search.
#pragma once

#include "http/handlers/ckan/action.h"

namespace minato::http::ckan {

// Reads the whole catalogue: its routes run on the worker pool.
Outcome resource_search(ActionCall& call, formats::JsonWriter& json);

}  // namespace minato::http::ckan
