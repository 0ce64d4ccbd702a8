// Files of the site that are no pages: the style sheet and robots.txt.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"

namespace minato::web {

// "/static/<hash of its content>/site.css": may be kept for ever, a new one has a new address.
const std::string& stylesheet_path();

std::vector<http::Route> site_file_routes();

}  // namespace minato::web
