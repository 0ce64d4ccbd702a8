// Style sheets, scripts and pictures of the site: static/ and Debian's Leaflet. All lie below one
// address with the hash of all their contents, so that they may be kept for ever, and refer to
// each other by relative names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/route.h"

namespace minato::web {

// "/static/<hash>/site.css". REQUIRES: there is such a file.
std::string asset_path(std::string_view name);

std::vector<http::Route> asset_routes();

}  // namespace minato::web
