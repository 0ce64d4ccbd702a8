// What search engines ask for beside the pages: /robots.txt, /sitemap.xml and its parts.
#pragma once

#include <vector>

#include "http/route.h"
#include "web/sources.h"

namespace minato::web {

std::vector<http::Route> crawler_routes(const WebSources& sources);

}  // namespace minato::web
