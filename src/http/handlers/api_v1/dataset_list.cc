#include "http/handlers/api_v1/dataset_list.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "formats/api_json.h"
#include "http/handlers/api_v1/dataset_query.h"
#include "http/handlers/api_v1/replies.h"

namespace minato::http::api_v1 {
namespace {

// How far, in datasets, the last one handed out may have moved and still be found again.
constexpr std::int64_t kSlack = 100;

struct Page {
  core::SearchResult result;
  std::int64_t offset = 0;  // of its first dataset
  std::uint64_t revision = 0;
};

// Looks around the place where the page before ended for its last dataset.
core::Result<Page> page_in_changed_catalogue(service::Catalog& catalog, core::SearchRequest search,
                                             const Cursor& cursor, const Request& request) {
  const std::int64_t limit = search.limit;
  search.offset = std::max<std::int64_t>(0, cursor.offset - kSlack);
  search.limit = (cursor.offset - search.offset) + kSlack + limit;
  Page page;
  page.revision = catalog.revision();
  auto found = catalog.search(search, request.language, request.caller);
  if (!found) return tl::unexpected(found.error());
  page.result = std::move(*found);

  auto& datasets = page.result.datasets;
  const auto last = std::find_if(datasets.begin(), datasets.end(),
                                 [&](const auto& d) { return d->id == cursor.last_id; });
  const auto expected = std::min<std::int64_t>(cursor.offset - search.offset,
                                               static_cast<std::int64_t>(datasets.size()));
  const auto begin = last == datasets.end() ? datasets.begin() + expected : last + 1;
  page.offset = search.offset + (begin - datasets.begin());
  datasets.erase(datasets.begin(), begin);
  if (static_cast<std::int64_t>(datasets.size()) > limit) {
    datasets.erase(datasets.begin() + limit, datasets.end());
  }
  return page;
}

core::Result<Page> find_page(service::Catalog& catalog, const DatasetQuery& query,
                             const CursorCodec& cursors, const Request& request) {
  Cursor cursor;
  if (!query.cursor.empty()) {
    auto decoded = cursors.decode(query.cursor, query.binding);
    if (!decoded) return tl::unexpected(decoded.error());
    cursor = std::move(*decoded);
  }
  Page page;
  page.revision = catalog.revision();
  if (!cursor.last_id.empty() && cursor.revision != page.revision) {
    return page_in_changed_catalogue(catalog, query.search, cursor, request);
  }
  core::SearchRequest search = query.search;
  search.offset = cursor.offset;
  page.offset = cursor.offset;
  auto found = catalog.search(search, request.language, request.caller);
  if (!found) return tl::unexpected(found.error());
  page.result = std::move(*found);
  return page;
}

formats::ListLinks links_of(const Request& request, const std::string& site_url,
                            const DatasetQuery& query, const CursorCodec& cursors,
                            const Page& page) {
  formats::ListLinks links;
  links.self = self_link(request, site_url);
  links.first = link_with(request, site_url, "cursor", "");
  const auto returned = static_cast<std::int64_t>(page.result.datasets.size());
  const std::int64_t end = page.offset + returned;
  if (returned > 0 && end < page.result.count) {
    const Cursor next{page.revision, end, page.result.datasets.back()->id};
    links.next = link_with(request, site_url, "cursor", cursors.encode(next, query.binding));
  }
  if (page.offset > 0) {
    const std::int64_t before = std::max<std::int64_t>(0, page.offset - query.search.limit);
    const Cursor previous{page.revision, before, ""};
    links.prev = before == 0 ? links.first
                             : link_with(request, site_url, "cursor",
                                         cursors.encode(previous, query.binding));
  }
  return links;
}

}  // namespace

core::Result<Response> list_datasets(service::Catalog& catalog, const CursorCodec& cursors,
                                     const Request& request) {
  const auto query = parse_dataset_query(request.query_params);
  if (!query) return tl::unexpected(query.error());
  auto page = find_page(catalog, *query, cursors, request);
  if (!page) return tl::unexpected(page.error());
  auto directory = catalog.directory();
  if (!directory) return tl::unexpected(directory.error());

  const std::string& site_url = catalog.options().site_url;
  const auto context = api_context(*directory, site_url, request.language);
  std::string data;
  formats::JsonWriter json(data);
  json.begin_array();
  for (const auto& dataset : page->result.datasets) {
    formats::write_api_dataset(json, *dataset, context);
  }
  json.end_array();

  auto& facets = page->result.facets;
  for (std::size_t i = 0; i < facets.size() && i < query->facets.size(); ++i) {
    facets[i].field = std::string(query->facets[i]);
  }
  formats::ListMeta meta;
  meta.count = page->result.count;
  meta.returned = static_cast<std::int64_t>(page->result.datasets.size());
  meta.facets = facets.empty() ? nullptr : &facets;
  return json_response(formats::write_list_envelope(
      data, meta, links_of(request, site_url, *query, cursors, *page)));
}

}  // namespace minato::http::api_v1
