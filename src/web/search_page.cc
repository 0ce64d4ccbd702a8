#include "web/search_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "http/handlers/api_v1/dataset_query.h"
#include "http/url.h"
#include "web/dataset_view.h"
#include "web/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kPageSize = 20;
constexpr std::int64_t kMaxPage = 1'000'000;
constexpr std::size_t kFacetValues = 10;

// CKAN's names of our parameters, as its links and its users' bookmarks have them.
std::string_view own_name(std::string_view name) {
  if (name == "tags") return "tag";
  if (name == "res_format") return "format";
  if (name == "license_id") return "license";
  if (name == "groups") return "group";
  return name;
}

bool is_filter(std::string_view name) {
  for (const auto& facet : http::api_v1::facet_names()) {
    if (facet.name == name) return true;
  }
  return name == "municipality";
}

// Only what this page understands, under our names.
http::Params understood(const http::Params& params) {
  http::Params out;
  for (const auto& [asked, value] : params) {
    const std::string name(own_name(asked));
    const bool single = name == "q" || name == "sort" || name == "modified_since";
    const bool seen = std::any_of(out.begin(), out.end(), [&](const auto& param) {
      return param.first == name && (single || param.second == value);
    });
    if (!value.empty() && !seen && (single || is_filter(name))) out.emplace_back(name, value);
  }
  return out;
}

std::string address(const std::string& path, const http::Params& params) {
  const std::string query = http::build_query(params);
  return query.empty() ? path : path + "?" + query;
}

http::Params toggled(const http::Params& params, const std::pair<std::string, std::string>& value) {
  http::Params out;
  for (const auto& param : params) {
    if (param != value) out.push_back(param);
  }
  if (out.size() == params.size()) out.push_back(value);
  return out;
}

View facet_view(const core::Facet& facet, std::string_view name, const http::Params& params,
                const Visit& visit) {
  View values = list();
  std::size_t shown = 0;
  for (const core::FacetValue& value : facet.values) {
    const std::pair<std::string, std::string> param{std::string(name), value.value};
    const bool selected = std::find(params.begin(), params.end(), param) != params.end();
    if (!selected && shown >= kFacetValues) continue;
    ++shown;
    View item = object();
    put(item, "text", value.title.empty() ? value.value : value.title);
    put(item, "count", display_count(value.count));
    put(item, "selected", selected);
    put(item, "href", address(visit.link("/dataset"), toggled(params, param)));
    values.push_back(item);
  }
  View view = object();
  put(view, "id", "facet-" + std::string(name));
  put(view, "heading", visit.texts["facet_" + std::string(name)]);
  put(view, "has_values", shown > 0);
  put(view, "values", values);
  return view;
}

// What the search form keeps of the current choice.
void put_form(View& view, const http::Params& params, const Visit& visit) {
  View hidden = list();
  View chosen = list();
  bool any = false;
  std::string q;
  for (const auto& param : params) {
    if (param.first == "q") q = param.second;
    if (!is_filter(param.first) && param.first != "modified_since") continue;
    View item = object();
    put(item, "name", param.first);
    put(item, "value", param.second);
    hidden.push_back(item);
    put(item, "label", visit.texts["facet_" + param.first]);
    put(item, "href", address(visit.link("/dataset"), toggled(params, param)));
    chosen.push_back(item);
    any = true;
  }
  put(view, "q", q);
  put(view, "hidden", hidden);
  put(view, "has_chosen", any);
  put(view, "chosen", chosen);
}

void put_sorts(View& view, const http::Params& params, const Visit& visit) {
  static constexpr std::array<std::pair<const char*, const char*>, 4> kSorts = {
      {{"", "sort_relevance"},
       {"-modified", "sort_modified"},
       {"title", "sort_title"},
       {"-created", "sort_created"}}};
  std::string current;
  for (const auto& [name, value] : params) {
    if (name == "sort") current = value;
  }
  View sorts = list();
  for (const auto& [value, text] : kSorts) {
    View item = object();
    put(item, "value", value);
    put(item, "text", visit.texts[text]);
    put(item, "selected", current == value);
    sorts.push_back(item);
  }
  put(view, "sorts", sorts);
}

View results_view(const core::SearchResult& found, const service::Directory& directory,
                  const Visit& visit) {
  View results = list();
  for (const auto& dataset : found.datasets) {
    results.push_back(dataset_summary(*dataset, directory, visit));
  }
  return results;
}

}  // namespace

std::int64_t page_number(const http::Request& request) {
  const std::string* text = request.query_param("page");
  if (text == nullptr) return 1;
  std::int64_t page = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, fault] = std::from_chars(text->data(), end, page);
  return fault == std::errc{} && stop == end && page >= 1 && page <= kMaxPage ? page : 1;
}

void put_paging(View& view, const Paging& paging, const Texts& texts) {
  const std::int64_t last =
      std::max<std::int64_t>(1, (paging.count + paging.size - 1) / paging.size);
  const auto link = [&paging](std::int64_t page) {
    http::Params params = paging.params;
    if (page > 1) params.emplace_back("page", std::to_string(page));
    return address(paging.path, params);
  };
  put(view, "paged", last > 1 || paging.page > 1);
  put(view, "previous", paging.page > 1 ? link(std::min(paging.page - 1, last)) : "");
  put(view, "next", paging.page < last ? link(paging.page + 1) : "");
  put(view, "page_of",
      texts.with("page_of", {{"page", display_count(paging.page)}, {"last", display_count(last)}}));
}

core::Result<Page> search_page(const Visit& visit) {
  const http::Params params = understood(visit.request.query_params);
  auto query = http::api_v1::parse_dataset_query(params);
  if (!query) return tl::unexpected(query.error());
  core::SearchRequest& search = query->search;
  Paging paging{page_number(visit.request), kPageSize, 0, visit.link("/dataset"), params};
  search.limit = paging.size;
  search.offset = (paging.page - 1) * paging.size;
  for (const auto& facet : http::api_v1::facet_names()) search.facets.emplace_back(facet.field);
  const auto found = visit.catalog.search(search, visit.language);
  if (!found) return tl::unexpected(found.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  paging.count = found->count;

  Page page;
  page.content = "datasets";
  page.path = "/dataset";
  page.title = visit.texts["datasets"];
  page.index = params.empty();
  put(page.view, "action", visit.link("/dataset"));
  put(page.view, "found", visit.texts.with("found", {{"count", display_count(found->count)}}));
  put(page.view, "none", found->count == 0);
  put(page.view, "results", results_view(*found, **directory, visit));
  View facets = list();
  for (std::size_t i = 0; i < found->facets.size(); ++i) {
    facets.push_back(
        facet_view(found->facets[i], http::api_v1::facet_names()[i].name, params, visit));
  }
  put(page.view, "facets", facets);
  put_form(page.view, params, visit);
  put_sorts(page.view, params, visit);
  put_paging(page.view, paging, visit.texts);
  page.alternates.push_back({"application/json", address("/api/v1/datasets", params)});
  page.alternates.push_back({"application/atom+xml", "/feeds/dataset.atom"});
  return page;
}

}  // namespace minato::web
