// The parameters of GET /api/v1/datasets as a search of the catalogue.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/search.h"
#include "http/message.h"

namespace minato::http::api_v1 {

// Facets by their name in this API, with the field of the catalogue that each counts.
struct FacetName {
  std::string_view name;
  std::string_view field;
};
const std::vector<FacetName>& facet_names();

inline constexpr std::size_t kMaxQueryBytes = 1024;  // of q

struct DatasetQuery {
  core::SearchRequest search;            // offset 0: the cursor moves it
  std::vector<std::string_view> facets;  // names, in the order of search.facets
  std::string cursor;                    // as sent; empty: the first page
  std::string
      binding;  // what a cursor belongs to: every parameter that decides the order of results
};

// kInvalidArgument "parameter-invalid" names every unknown, repeated or malformed parameter.
core::Result<DatasetQuery> parse_dataset_query(const Params& params);

}  // namespace minato::http::api_v1
