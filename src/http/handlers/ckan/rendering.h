// What dictionaries need besides the value they show.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/search.h"
#include "formats/ckan_json.h"
#include "http/handlers/ckan/failure.h"
#include "service/catalog.h"

namespace minato::http::ckan {

// Keep it alive while writing: the context points into the directory.
struct Rendering {
  std::shared_ptr<const service::Directory> directory;
  formats::CkanContext context;
};
Checked<Rendering> rendering(service::Catalog& catalog);

// A condition for SearchRequest::filters.
core::SearchExpr equals(std::string field, std::string value);

// Public datasets that fulfil the filter, last changed first.
core::Result<core::SearchResult> datasets_where(service::Catalog& catalog, core::SearchExpr filter,
                                                std::int64_t limit);

}  // namespace minato::http::ckan
