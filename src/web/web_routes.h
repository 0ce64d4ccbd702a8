// The rows of the pages for people: Japanese, and the same below /en in English.
#pragma once

#include <string>
#include <vector>

#include "http/error_encoder.h"
#include "http/route.h"
#include "web/sources.h"

namespace minato::web {

std::vector<http::Route> web_routes(const WebSources& sources);

// An error as a page of the site: for the dispatcher, also where no row matched. `path` (decoded,
// may be empty) decides the language.
http::Response error_page(const core::Error& error, const http::ErrorContext& context,
                          std::string_view path, const WebSources& sources);

}  // namespace minato::web
