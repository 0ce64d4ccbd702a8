// The staff corner, /manage: signing in with a token, datasets, files, jobs. Japanese, and the same
// below /en in English.
#pragma once

#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "http/route.h"
#include "web/sources.h"

namespace minato::web {

std::vector<http::Route> manage_routes(const WebSources& sources);

// Whom the session cookie of a request stands for; anonymous when it has none that is good. For the
// dispatcher, which asks for addresses of the staff corner only. `cookies`: the Cookie header.
core::Result<core::Caller> caller_of_session(const WebSources& sources, std::string_view cookies);

}  // namespace minato::web
