#include "web/catalogue/search_page.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "web/catalogue/dataset_count.h"
#include "web/catalogue/kindred_words.h"
#include "web/catalogue/nothing_found.h"
#include "web/catalogue/result_item.h"
#include "web/catalogue/search_choice.h"
#include "web/catalogue/search_facets.h"
#include "web/catalogue/word_pieces.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kPageSize = 20;

void put_sorts(View& view, const http::Params& params, const Visit& visit) {
  // Without words nothing is more relevant than anything else.
  const bool has_words = !value_of(params, "q").empty();
  static constexpr std::array<std::pair<const char*, const char*>, 4> kSorts = {
      {{"", "sort_relevance"},
       {"-modified", "sort_modified"},
       {"-created", "sort_created"},
       {"title", "sort_title"}}};
  std::string current = value_of(params, "sort");
  if (!has_words && current.empty()) current = "-modified";
  View sorts = list();
  for (const auto& [value, text] : kSorts) {
    if (*value == '\0' && !has_words) continue;
    View item = object();
    put(item, "text", visit.texts[text]);
    put(item, "href", search_link(with(params, {"sort", value}), visit));
    put(item, "current", current == value);
    sorts.push_back(item);
  }
  put(view, "sorts", sorts);
}

// The same for programs and feed readers.
void put_elsewhere(Page& page, const http::Params& params, const Visit& visit) {
  const http::Params feed = for_api(without_name(params, "sort"));
  const std::string atom = address("/feeds/dataset.atom", feed);
  const std::string json = address("/api/v1/datasets", for_api(params));
  page.alternates.push_back({"application/json", json});
  page.alternates.push_back(
      {"application/atom+xml", atom, visit.texts[feed.empty() ? "feed" : "search_feed"]});
  put(page.view, "feed_href", atom);
  put(page.view, "api_href", json);
}

struct Found {
  core::SearchRequest request;
  core::SearchResult result;
  Paging paging;
};

core::Result<Found> run(const http::Params& params, const Visit& visit) {
  auto request = search_request(params);
  if (!request) return tl::unexpected(std::move(request).error());
  Found found{*std::move(request), {}, {}};
  found.paging = {page_number(visit.request), kPageSize, 0, visit.link("/dataset"), params};
  found.request.limit = kPageSize;
  found.request.offset = (found.paging.page - 1) * kPageSize;
  found.request.facets = facet_fields();
  auto result = visit.catalog.search(found.request, visit.language);
  if (!result) return tl::unexpected(std::move(result).error());
  // Behind the end (an old link, results that went): the last page there is.
  found.paging.count = result->count;
  if (found.paging.page > found.paging.last()) {
    found.paging.page = found.paging.last();
    found.request.offset = (found.paging.page - 1) * kPageSize;
    result = visit.catalog.search(found.request, visit.language);
    if (!result) return tl::unexpected(std::move(result).error());
  }
  found.result = *std::move(result);
  return found;
}

void put_results(View& view, const Found& found, const service::Directory& directory,
                 const Visit& visit) {
  const auto words =
      found.request.query ? sought_words(*found.request.query) : std::vector<text::SoughtWord>{};
  View results = list();
  for (const auto& dataset : found.result.datasets) {
    results.push_back(search_hit(*dataset, words, directory, visit));
  }
  put(view, "results", results);
  put(view, "none", found.result.count == 0);
  // Nothing although nothing was asked for: advice on searching would be wrong.
  put(view, "nothing_yet", found.result.count == 0 && found.paging.params.empty());
  const Paging& paging = found.paging;
  put(view, "found", datasets_in_words(paging.count, visit.texts));
  put(view, "page_note",
      paging.last() > 1 ? visit.texts.with("page_of", {{"page", display_count(paging.page)},
                                                       {"last", display_count(paging.last())}})
                        : "");
  put_paging(view, paging, visit.texts);
}

// What was chosen, and the page: so that tabs, bookmarks and histories can be told apart.
std::string title_of_search(const http::Params& params, const Paging& paging,
                            const service::Directory& directory, const Visit& visit) {
  constexpr std::size_t kFiltersTold = 3;
  const std::string q = value_of(params, "q");
  std::string title =
      q.empty() ? visit.texts["datasets"] : visit.texts.with("search_title", {{"words", q}});
  std::string filters;
  std::size_t told = 0;
  for (const auto& param : params) {
    if (!is_filter(param.first) || told == kFiltersTold) continue;
    filters +=
        (told++ == 0 ? "" : visit.texts["search_title_and"]) + words_of(param, directory, visit);
  }
  if (told > 0) {
    title = visit.texts.with("search_title_filters", {{"title", title}, {"filters", filters}});
  }
  if (paging.page == 1) return title;
  return visit.texts.with("search_title_page", {{"title", title},
                                                {"page", display_count(paging.page)},
                                                {"last", display_count(paging.last())}});
}

// Words that stand nowhere as they are may be several without blanks between. Then `params` are
// those of what is shown, and every link goes on from there.
core::Result<bool> cut_words(http::Params& params, const Visit& visit) {
  const auto pieces = known_pieces(params, visit);
  if (!pieces) return tl::unexpected(pieces.error());
  if (!pieces->is_whole || pieces->query.empty()) return false;
  const http::Params cut = with(params, {"q", pieces->query});
  const auto count = count_of(cut, visit);
  if (!count) return tl::unexpected(count.error());
  if (*count > 0) params = cut;
  return *count > 0;
}

// `params` as understood(), and what they find; with words cut into pieces where that helps.
core::Result<Found> run_in_pieces(http::Params& params, const Visit& visit) {
  auto found = run(params, visit);
  if (!found || found->result.count > 0) return found;
  const auto cut = cut_words(params, visit);
  if (!cut) return tl::unexpected(cut.error());
  return *cut ? run(params, visit) : found;
}

core::Result<void> put_kindred(View& view, const http::Params& params, const Visit& visit) {
  auto links = kindred_links(params, visit);
  if (!links) return tl::unexpected(links.error());
  put(view, "has_kindred", links->is_non_empty_list());
  put(view, "kindred", *std::move(links));
  return {};
}

}  // namespace

core::Result<Page> search_page(const Visit& visit, FiguresCache& cache) {
  http::Params params = understood(visit.request.query_params);
  const std::string asked = value_of(params, "q");
  const auto found = run_in_pieces(params, visit);
  if (!found) return tl::unexpected(found.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());

  Page page;
  page.content = "datasets";
  page.path = "/dataset";
  page.title = title_of_search(params, found->paging, **directory, visit);
  page.description = visit.texts["search_description"];
  page.section = Section::kDatasets;
  page.site_search = false;
  page.styles = {"catalogue.css"};
  page.index = params.empty();
  page.query = address("", found->paging.page > 1
                               ? with(params, {"page", std::to_string(found->paging.page)})
                               : params);
  put(page.view, "action", visit.link("/dataset"));
  put(page.view, "q", value_of(params, "q"));
  put(page.view, "sort", value_of(params, "sort"));
  put_chips(page.view, params, **directory, visit);
  put_sorts(page.view, params, visit);
  put_results(page.view, *found, **directory, visit);
  put_elsewhere(page, params, visit);
  put(page.view, "has_help", false);
  const bool is_cut = asked != value_of(params, "q");
  put(page.view, "cut_note",
      is_cut ? visit.texts.with("search_cut", {{"words", asked}, {"pieces", value_of(params, "q")}})
             : "");
  if (found->result.count > 0) {
    if (auto done = put_kindred(page.view, params, visit); !done) {
      return tl::unexpected(done.error());
    }
    if (auto done = put_facets(page.view, found->result, params, visit); !done) {
      return tl::unexpected(done.error());
    }
  } else if (auto done = put_help(page.view, params, visit, cache); !done) {
    return tl::unexpected(done.error());
  }
  return page;
}

}  // namespace minato::web
