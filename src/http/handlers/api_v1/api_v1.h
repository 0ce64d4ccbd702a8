// The rows of /api/v1: datasets and organizations for programs, in our own shapes
// (formats/api_json.h). Unknown parameters are errors, lists are walked with cursors.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http {

struct ApiV1Options {
  // Signs cursors; processes that share it accept each other's. Empty: random, for this process.
  std::string cursor_secret;
  // api/openapi.yaml as JSON (http/documents).
  std::shared_ptr<const std::string> openapi_json;
};

// `catalog` outlives the rows.
std::vector<Route> api_v1_routes(service::Catalog& catalog, ApiV1Options options);

}  // namespace minato::http
