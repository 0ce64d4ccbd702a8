#include "web/catalogue/home_page.h"

#include <algorithm>
#include <string>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/municipality_map.h"
#include "web/catalogue/plan_charts.h"
#include "web/catalogue/result_item.h"
#include "web/catalogue/structured_data.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

constexpr std::int64_t kNewest = 6;
constexpr std::size_t kWords = 6;  // proposed below the search box

View figure(const std::string& name, const std::string& value, const std::string& href) {
  View view = object();
  put(view, "name", name);
  put(view, "value", value);
  put(view, "href", href);
  return view;
}

void put_counts(View& view, const service::CatalogueFigures& figures,
                const service::Directory& directory, const Visit& visit) {
  const auto& organizations = directory.groups(core::GroupKind::kOrganization);
  View counts = list();
  counts.push_back(figure(visit.texts["home_datasets"], display_count(figures.datasets),
                          visit.link("/dataset")));
  counts.push_back(figure(visit.texts["home_tables"], display_count(figures.tables), ""));
  counts.push_back(figure(visit.texts["home_organizations"],
                          display_count(static_cast<std::int64_t>(organizations.size())),
                          visit.link("/organization")));
  put(view, "counts", counts);
  put(view, "changed", figures.changed ? display_day(*figures.changed, visit.language) : "");
  put(view, "changed_iso", figures.changed ? core::to_rfc3339(*figures.changed) : "");
}

View theme_links(const service::CatalogueFigures& figures, const Visit& visit) {
  View themes = list();
  for (const core::Theme& theme : core::themes()) {
    const auto found = figures.themes.find(theme.code);
    View item = object();
    put(item, "text", theme.name.in(visit.language));
    const bool any = found != figures.themes.end();
    put(item, "href", any ? visit.link("/dataset?theme=" + theme.code) : std::string());
    put_count(item, any ? found->second.datasets : 0, visit.texts);
    themes.push_back(item);
  }
  return themes;
}

// Words that surely find something: the tags most used.
View proposed_words(const service::CatalogueFigures& figures, const Visit& visit) {
  View words = list();
  for (std::size_t i = 0; i < std::min(kWords, figures.tags.size()); ++i) {
    View item = object();
    put_words(item, "text", figures.tags[i].value, visit.language);
    put(item, "href", visit.link("/dataset?q=" + http::percent_encode(figures.tags[i].value)));
    words.push_back(item);
  }
  return words;
}

}  // namespace

core::Result<Page> home_page(const Visit& visit, FiguresCache& cache, GroupFactsCache& facts) {
  const auto figures = cache.get(visit);
  if (!figures) return tl::unexpected(figures.error());
  const auto groups = facts.facts(visit.catalog);
  if (!groups) return tl::unexpected(groups.error());
  const auto newest = visit.catalog.recently_changed(0, kNewest);
  if (!newest) return tl::unexpected(newest.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());

  Page page;
  page.content = "home";
  page.path = "/";
  page.description = visit.catalog.options().site_description.in(visit.language);
  page.site_search = false;
  page.styles = {"catalogue.css"};
  page.json_ld = website_json_ld(visit);
  put(page.view, "heading", visit.catalog.options().site_title.in(visit.language));
  put(page.view, "description", page.description);
  put(page.view, "action", visit.link("/dataset"));
  put(page.view, "none_yet", (*figures)->datasets == 0);
  const View words = proposed_words(**figures, visit);
  put(page.view, "has_words", words.is_non_empty_list());
  put(page.view, "words", words);
  put_counts(page.view, **figures, **directory, visit);
  put(page.view, "themes", theme_links(**figures, visit));
  View datasets = list();
  for (const auto& dataset : newest->datasets) {
    datasets.push_back(dataset_summary(*dataset, **directory, visit));
  }
  put(page.view, "has_newest", !newest->datasets.empty());
  put(page.view, "newest", datasets);
  put(page.view, "newest_href", visit.link("/dataset?sort=-modified"));
  put_places(page.view, **groups, **directory, visit);
  put_plan(page.view, **figures, visit);
  page.alternates.push_back({"application/json", "/api/v1"});
  page.alternates.push_back({"application/atom+xml", "/feeds/dataset.atom", visit.texts["feed"]});
  return page;
}

}  // namespace minato::web
