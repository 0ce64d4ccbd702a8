// The lists beside the results by which they are narrowed.
#pragma once

#include "service/directory.h"
#include "web/catalogue/search_choice.h"

namespace minato::web {

// The fields a search has to count for put_facets().
std::vector<std::string> facet_fields();

// "facets" (search_facets.mustache). A list with a chosen value counts what every other value would
// add, so it takes a search of its own; so does each of the three spans of time. Fails as a search.
core::Result<void> put_facets(View& view, const core::SearchResult& found,
                              const http::Params& params, const Visit& visit);
// "chips": what is chosen, in words, each with the link that takes it away.
void put_chips(View& view, const http::Params& params, const service::Directory& directory,
               const Visit& visit);

}  // namespace minato::web
