// What helps when a search finds nothing: every proposal is a link that finds something, with the
// number it finds.
#pragma once

#include "web/catalogue/figures_cache.h"
#include "web/catalogue/search_choice.h"

namespace minato::web {

// nothing_found.mustache: "fewer_words", "fewer_filters", "near_words", "near_titles",
// "near_themes", and "has_help" when there is any. Fails as a search.
core::Result<void> put_help(View& view, const http::Params& params, const Visit& visit,
                            FiguresCache& cache);

}  // namespace minato::web
