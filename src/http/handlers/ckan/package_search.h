// package_search: from its parameters to a SearchRequest.
#pragma once

#include <string>
#include <vector>

#include "core/search.h"
#include "core/time.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"

namespace minato::http::ckan {

struct PackageSearch {
  core::SearchRequest request;
  std::string sort;                       // echoed
  std::vector<std::string> facet_fields;  // as asked; request.facets has their canonical names
  std::vector<std::string> fl;            // fields of flat results; empty: dataset dictionaries
  bool depends_on_time = false;           // it has date arithmetic with NOW
};

// Fails in CKAN's ways: unknown parameters and sort fields 400, bad numbers and syntax 409.
Checked<PackageSearch> parse_package_search(const Arguments& arguments, const core::Clock& clock);

}  // namespace minato::http::ckan
