#include "service/catalogue_figures.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/fiscal_year.h"

namespace minato::service {
namespace {

using core::Result;
using core::SearchExpr;
using core::SearchRequest;

constexpr int kYearsShown = 10;
constexpr std::int64_t kHiddenLimit = 2000;
constexpr std::int64_t kCountedLimit = 20'000;  // of one organization

SearchExpr equal(std::string_view field, std::string_view value) {
  SearchExpr expr;
  expr.kind = SearchExpr::Kind::kEqual;
  expr.field = std::string(field);
  expr.value = std::string(value);
  return expr;
}

SearchExpr created_between(std::optional<core::Timestamp> start,
                           std::optional<core::Timestamp> end) {
  SearchExpr expr;
  expr.kind = SearchExpr::Kind::kRange;
  expr.field = "metadata_created";
  if (start) expr.low = {core::to_ckan_time(*start) + "Z", true};
  if (end) expr.high = {core::to_ckan_time(*end) + "Z", false};
  return expr;
}

// Where it was registered first: a dataset that its publisher had for years is no new one because
// we began to collect it.
core::Timestamp registered_at(const core::Dataset& dataset) {
  core::Timestamp time = dataset.created;
  for (const core::Extra& extra : dataset.extras) {
    if (extra.key != "issued") continue;
    if (const auto issued = core::parse_iso8601(extra.value)) time = std::min(time, *issued);
  }
  return time;
}

// What only the system itself looks at, to count it.
core::Visibility hidden_ones() {
  core::Visibility visibility;
  visibility.sysadmin = true;
  visibility.include_private = true;
  visibility.include_drafts = true;
  visibility.include_deleted = true;
  return visibility;
}

class FiguresLoader {
 public:
  FiguresLoader(storage::CatalogReader& reader, const FiguresScope& scope)
      : reader_(reader), scope_(scope) {}

  Result<CatalogueFigures> load() {
    figures_.revision = reader_.revision();
    figures_.fiscal_year = core::fiscal_year(scope_.now);
    for (const auto step : {&FiguresLoader::count_all, &FiguresLoader::count_tables,
                            &FiguresLoader::count_published, &FiguresLoader::count_registered}) {
      if (auto done = (this->*step)(); !done) return tl::unexpected(std::move(done).error());
    }
    return std::move(figures_);
  }

 private:
  Result<void> count_all() {
    SearchRequest request;
    request.sort = {{"metadata_modified", true}};
    request.limit = 1;
    request.facets = {"theme", "tags"};
    request.facet_limit = -1;
    auto found = reader_.search(request);
    if (!found) return tl::unexpected(std::move(found).error());
    figures_.datasets = found->count;
    if (!found->datasets.empty()) figures_.changed = found->datasets.front()->modified;
    if (auto done = add_newest(found->facets[0], figures_.themes); !done) return done;
    figures_.tags = std::move(found->facets[1].values);
    return {};
  }

  Result<void> add_newest(const core::Facet& facet,
                          std::map<std::string, GroupFigures, std::less<>>& out) {
    for (const core::FacetValue& value : facet.values) {
      SearchRequest request;
      request.filters = {equal(facet.field, value.value)};
      request.sort = {{"metadata_modified", true}};
      request.limit = 1;
      auto found = reader_.search(request);
      if (!found) return tl::unexpected(std::move(found).error());
      if (found->datasets.empty()) continue;
      out[value.value] = {found->count, std::move(found->datasets.front())};
    }
    return {};
  }

  // Tables of what is hidden are taken off, as far as there are not thousands of hidden datasets.
  Result<void> count_tables() {
    std::vector<std::string> read;
    const bool known =
        scope_.directory != nullptr && scope_.directory->revision() == figures_.revision;
    if (!known) {
      auto ids = reader_.resources_with_table();
      if (!ids) return tl::unexpected(std::move(ids).error());
      read = std::move(*ids);
    }
    const auto& with_table = known ? scope_.directory->resources_with_table() : read;
    SearchExpr listed;
    listed.kind = SearchExpr::Kind::kAnd;
    listed.children = {equal("state", "active"), equal("private", "false")};
    SearchExpr hidden;
    hidden.kind = SearchExpr::Kind::kNot;
    hidden.children = {std::move(listed)};
    SearchRequest request;
    request.filters = {std::move(hidden)};
    request.sort = {{"metadata_modified", true}};
    request.limit = kHiddenLimit;
    request.visibility = hidden_ones();
    const auto found = reader_.search(request);
    if (!found) return tl::unexpected(found.error());
    const auto has_table = [&with_table](const core::Resource& resource) {
      return std::binary_search(with_table.begin(), with_table.end(), resource.id);
    };
    figures_.tables = static_cast<std::int64_t>(with_table.size());
    for (const auto& dataset : found->datasets) {
      const auto& resources = dataset->resources;
      figures_.tables -= std::count_if(resources.begin(), resources.end(), has_table);
    }
    return {};
  }

  Result<std::int64_t> count(std::vector<SearchExpr> filters) {
    SearchRequest request;
    request.filters = std::move(filters);
    request.limit = 0;
    const auto found = reader_.search(request);
    if (!found) return tl::unexpected(found.error());
    return found->count;
  }

  Result<void> count_published() {
    SearchRequest request;
    request.sort = {{"metadata_created", false}};
    request.limit = 1;
    const auto oldest = reader_.search(request);
    if (!oldest) return tl::unexpected(oldest.error());
    if (oldest->datasets.empty()) return {};
    const int last = figures_.fiscal_year;
    const int first =
        std::max(core::fiscal_year(oldest->datasets.front()->created), last - kYearsShown + 1);
    for (int year = first; year < last; ++year) {
      const auto counted =
          count({created_between(std::nullopt, core::fiscal_year_start(year + 1))});
      if (!counted) return tl::unexpected(counted.error());
      figures_.published.push_back({year, *counted});
    }
    figures_.published.push_back({last, figures_.datasets});
    return {};
  }

  Result<void> count_registered() {
    const auto plans = reader_.group(core::GroupKind::kOrganization, scope_.organization);
    if (!plans) return tl::unexpected(plans.error());
    if (!*plans) return {};
    const core::Timestamp start = core::fiscal_year_start(scope_.first_fiscal_year);
    const auto times = registered_since(start);
    if (!times) return tl::unexpected(times.error());
    for (int year = scope_.first_fiscal_year; year <= figures_.fiscal_year; ++year) {
      const core::Timestamp end = core::fiscal_year_start(year + 1);
      const auto count =
          std::count_if(times->begin(), times->end(), [&](core::Timestamp t) { return t < end; });
      figures_.registered.push_back({year, count});
    }
    return {};
  }

  // When the organization's datasets were registered, deleted ones that had been public included.
  Result<std::vector<core::Timestamp>> registered_since(core::Timestamp start) {
    std::vector<core::Timestamp> times;
    for (const bool deleted : {false, true}) {
      SearchRequest request;
      request.filters = {equal("organization", scope_.organization),
                         created_between(start, std::nullopt)};
      request.limit = kCountedLimit;
      if (deleted) {
        request.filters.push_back(equal("state", "deleted"));
        request.limit = kHiddenLimit;
        request.visibility = hidden_ones();
      }
      const auto found = reader_.search(request);
      if (!found) return tl::unexpected(found.error());
      for (const auto& dataset : found->datasets) {
        const core::Timestamp time = registered_at(*dataset);
        if (time < start) continue;
        const auto counts = deleted ? was_public(*dataset) : Result<bool>(true);
        if (!counts) return tl::unexpected(counts.error());
        if (*counts) times.push_back(time);
      }
    }
    return times;
  }

  // A draft that was thrown away was never registered. What a source brought was public at once.
  Result<bool> was_public(const core::Dataset& dataset) {
    if (dataset.is_private) return false;
    const auto origins = reader_.origins_of(dataset.id);
    if (!origins) return tl::unexpected(origins.error());
    if (!origins->empty()) return true;
    storage::ActivityRequest news;
    news.object_id = dataset.id;
    news.limit = 1;
    const auto told = reader_.history().activities(news);
    if (!told) return tl::unexpected(told.error());
    return !told->empty();
  }

  storage::CatalogReader& reader_;
  const FiguresScope& scope_;
  CatalogueFigures figures_;
};

}  // namespace

core::Result<CatalogueFigures> load_figures(storage::CatalogReader& reader,
                                            const FiguresScope& scope) {
  return FiguresLoader(reader, scope).load();
}

}  // namespace minato::service
