#include "http/handlers/tables/table_routes.h"

#include <memory>
#include <utility>

#include "http/handlers/tables/aggregates.h"
#include "http/handlers/tables/descriptions.h"
#include "http/handlers/tables/exports.h"
#include "http/handlers/tables/row_pages.h"

namespace minato::http {

namespace {

using tables::RowFormat;
using tables::TableSources;
using Sources = std::shared_ptr<const TableSources>;
using TableHandler = core::Result<Response> (*)(const TableSources&, const Request&);

constexpr std::string_view kTable = "/api/v1/tables/{id}";

Route row(std::string_view pattern, std::string operation, Handler handler) {
  Route route;
  route.method = "GET";
  route.pattern = std::string(kTable) + std::string(pattern);
  route.operation = std::move(operation);
  route.handler = std::move(handler);
  route.execution = Execution::kPooled;
  route.varies_by_language = true;
  return route;
}

// "Csv" of "csv", as operations are named.
std::string capitalized(std::string_view name) {
  std::string text(name);
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

void add_pages(std::vector<Route>& routes, const Sources& sources) {
  for (const auto format :
       {RowFormat::kCsv, RowFormat::kTsv, RowFormat::kNdjson, RowFormat::kGeojson}) {
    const std::string_view name = tables::extension_of(format);
    routes.push_back(row("/rows." + std::string(name), "getTableRows" + capitalized(name),
                         [sources, format](const Request& request) {
                           return tables::row_page_file(*sources, request, format);
                         }));
  }
  routes.push_back(row("/rows.xlsx", "getTableRowsXlsx", [sources](const Request& request) {
    return tables::export_rows(*sources, request, RowFormat::kXlsx, formats::RowsDoor::kPage);
  }));
  routes.back().cache = CacheRule::kFile;
}

void add_exports(std::vector<Route>& routes, const Sources& sources) {
  for (const auto format : {RowFormat::kCsv, RowFormat::kTsv, RowFormat::kJson, RowFormat::kNdjson,
                            RowFormat::kGeojson, RowFormat::kXlsx}) {
    const std::string_view name = tables::extension_of(format);
    routes.push_back(row("/export." + std::string(name), "exportTable" + capitalized(name),
                         [sources, format](const Request& request) {
                           return tables::export_rows(*sources, request, format);
                         }));
    routes.back().cache = CacheRule::kFile;
  }
}

}  // namespace

std::vector<Route> table_routes(service::Tables& tables, TableRoutesOptions options) {
  const auto sources = std::make_shared<const TableSources>(TableSources{
      tables, SignedText(std::move(options.cursor_secret)), std::move(options.spool_directory)});
  std::vector<Route> routes;
  const auto add = [&](std::string_view pattern, std::string operation, TableHandler handler) {
    routes.push_back(row(pattern, std::move(operation), [sources, handler](const Request& request) {
      return handler(*sources, request);
    }));
  };
  add("", "getTable", tables::show_table);
  add("/rows", "getTableRows", tables::list_rows);
  add("/rows/{row}", "getTableRow", tables::show_row);
  add("/aggregate", "getTableAggregate", tables::show_aggregate);
  add("/aggregate.csv", "getTableAggregateCsv", tables::aggregate_csv);
  add("/facets", "getTableFacets", tables::show_facets);
  add("/versions", "listTableVersions", tables::list_versions);
  add("/versions/{version}/file", "getTableFile", tables::version_file);
  routes.back().cache = CacheRule::kFile;
  add("/openapi.json", "getTableOpenApi", tables::show_table_openapi);
  add_pages(routes, sources);
  add_exports(routes, sources);
  return routes;
}

}  // namespace minato::http
