// The map of a table with coordinates (static/map.js), and beside it the list of the same rows,
// which is all there is without scripts.
#pragma once

#include <string>

#include "core/error.h"
#include "web/table/table_visit.h"

namespace minato::web {

// For template table_map. Fails as the table's reader does. REQUIRES: the table has coordinates.
core::Result<ViewPart> map_view(const TableVisit& visit);

// Where a browser loads tiles of that address from, for a Content-Security-Policy:
// "https://{s}.tiles.example.jp/{z}/{x}/{y}.png" gives "https://*.tiles.example.jp". Empty: from
// this site, or the address is none.
std::string tile_origin(const std::string& tiles);

}  // namespace minato::web
