// The bytes of a resource at CKAN's addresses: /dataset/{id}/resource/{rid}/download[/{file}].
#pragma once

#include <vector>

#include "http/route.h"
#include "service/catalog.h"

namespace minato::http {

// A file we keep is sent as an attachment whose strong ETag is its SHA-256; any other resource with
// a web address is a 302 to it. `catalog` outlives the rows.
std::vector<Route> download_routes(service::Catalog& catalog);

// The bytes of a file we keep, as those routes send them. REQUIRES: download.blob.
core::Result<Response> send_kept_file(service::Catalog& catalog,
                                      const service::Download& download);

}  // namespace minato::http
