#include "cli/routes.h"

#include <iterator>

#include "http/documents/documents.h"
#include "http/handlers/api_v1/api_v1.h"
#include "http/handlers/ckan/ckan_routes.h"
#include "http/handlers/downloads.h"
#include "http/handlers/feeds.h"
#include "http/handlers/harvest/harvest_routes.h"
#include "http/handlers/opendata_list.h"
#include "http/handlers/tables/table_routes.h"
#include "http/handlers/writes/write_routes.h"
#include "web/web_routes.h"

namespace minato::cli {

web::WebSources web_sources(const RouteSources& sources) {
  return {.catalog = sources.catalog,
          .tables = sources.tables,
          .harvest = sources.harvest,
          .store = sources.store,
          .accounts = sources.accounts,
          .datasets = sources.datasets,
          .uploads = sources.uploads,
          .imports = sources.imports,
          .secret = sources.secret,
          .openapi_json = http::openapi_json(),
          .options = sources.web,
          .spool_directory = sources.spool_directory};
}

std::vector<http::Route> all_routes(const RouteSources& sources, http::SystemRoutes system) {
  service::Catalog& catalog = sources.catalog;
  http::ApiV1Options api_v1;
  api_v1.cursor_secret = sources.secret;
  api_v1.openapi_json = http::openapi_json(catalog.options().site_url);
  std::vector<http::Route> all = http::system_rows(std::move(system));
  const auto append = [&all](std::vector<http::Route> rows) {
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  };
  append(http::ckan_routes({.catalog = &catalog,
                            .tables = &sources.tables,
                            .harvest = &sources.harvest,
                            .accounts = &sources.accounts,
                            .datasets = &sources.datasets,
                            .groups = &sources.groups,
                            .uploads = &sources.uploads,
                            .imports = &sources.imports,
                            .rows = &sources.rows,
                            .limits = {.import_wait = sources.import_wait}}));
  append(http::api_v1_routes(catalog, std::move(api_v1)));
  append(http::write_routes({.catalog = &catalog,
                             .tables = &sources.tables,
                             .accounts = &sources.accounts,
                             .store = &sources.store,
                             .datasets = &sources.datasets,
                             .uploads = &sources.uploads,
                             .imports = &sources.imports,
                             .rows = &sources.rows}));
  append(http::table_routes(sources.tables, {sources.secret, sources.spool_directory}));
  append(http::feed_routes(catalog));
  append(http::download_routes(catalog));
  append(http::opendata_list_routes(catalog));
  append(http::harvest_routes(sources.harvest, catalog.options().site_url));
  append(web::web_routes(web_sources(sources)));
  return all;
}

}  // namespace minato::cli
