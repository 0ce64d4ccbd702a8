// The prefecture and its municipalities as a map of tiles, each about where it lies: there are no
// boundaries to draw, and a tile is easier to hit than a shape.
#pragma once

#include "service/directory.h"
#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

// "places": organizations with a tile, in the order of their codes; "other_places": those without.
// Each: title, href, count, day, freshness in words, and the classes of its tile.
void put_places(View& view, const AllGroupFacts& facts, const service::Directory& directory,
                const Visit& visit);

}  // namespace minato::web
