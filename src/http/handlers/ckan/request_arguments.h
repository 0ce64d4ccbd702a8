// From a request to an action's arguments: query string, JSON, form or multipart.
#pragma once

#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"
#include "http/message.h"

namespace minato::http::ckan {

inline constexpr std::uint64_t kMaxActionBody = 1024 * 1024;

// An action that changes something takes no query string and no GET. On the others a query string
// wins over a body. Fails with the 400 strings of CKAN's contract ("JSON Error: ...").
Checked<Arguments> read_arguments(const Request& request, bool side_effect_free);

}  // namespace minato::http::ckan
