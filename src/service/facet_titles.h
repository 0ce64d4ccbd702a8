// Facet values as people read them.
#pragma once

#include <vector>

#include "core/error.h"
#include "core/search.h"
#include "service/directory.h"

namespace minato::service {

// Sets the titles of organizations, groups, licences, themes and frequencies; other values are
// their own titles, and so are values the vocabularies don't know.
void fill_facet_titles(std::vector<core::Facet>& facets, const Directory& directory,
                       core::Language language);

}  // namespace minato::service
