#include "web/catalogue/themes_page.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/freshness.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// What one finds there, in plain words (keys of texts/).
constexpr std::array<std::pair<std::string_view, const char*>, 17> kDescriptions = {
    {{"1", "search_theme_land"},
     {"2", "search_theme_population"},
     {"3", "search_theme_labour"},
     {"4", "search_theme_agriculture"},
     {"5", "search_theme_manufacturing"},
     {"6", "search_theme_commerce"},
     {"7", "search_theme_economy"},
     {"8", "search_theme_housing"},
     {"9", "search_theme_energy"},
     {"10", "search_theme_transport"},
     {"11", "search_theme_science"},
     {"12", "search_theme_education"},
     {"13", "search_theme_government"},
     {"14", "search_theme_justice"},
     {"15", "search_theme_welfare"},
     {"16", "search_theme_international"},
     {"99", "search_theme_other"}}};

const std::string& description_of(std::string_view code, const Visit& visit) {
  for (const auto& [known, key] : kDescriptions) {
    if (known == code) return visit.texts[key];
  }
  return visit.texts["search_theme_other"];
}

View theme_view(const core::Theme& theme, const service::CatalogueFigures& figures,
                const Visit& visit) {
  View item = object();
  put(item, "text", theme.name.in(visit.language));
  put(item, "description", description_of(theme.code, visit));
  const auto found = figures.themes.find(theme.code);
  const bool any = found != figures.themes.end();
  put(item, "href", any ? visit.link("/dataset?theme=" + theme.code) : std::string());
  put(item, "count", datasets_in_words(any ? found->second.datasets : 0, visit.texts));
  put(item, "newest", any);
  if (!any) return item;
  const core::Dataset& newest = *found->second.newest;
  put_text(item, "newest_title", title_of(newest), visit.language);
  put(item, "newest_href", visit.link("/dataset/" + http::percent_encode(newest.name)));
  put(item, "newest_day", display_day(newest_of(newest), visit.language));
  put(item, "newest_iso", core::to_rfc3339(newest_of(newest)));
  return item;
}

}  // namespace

core::Result<Page> themes_page(const Visit& visit, FiguresCache& cache) {
  const auto figures = cache.get(visit);
  if (!figures) return tl::unexpected(figures.error());
  Page page;
  page.content = "themes";
  page.path = "/theme";
  page.title = visit.texts["search_themes"];
  page.description = visit.texts["search_themes_lede"];
  page.section = Section::kThemes;
  page.styles = {"catalogue.css"};
  View themes = list();
  for (const core::Theme& theme : core::themes()) {
    themes.push_back(theme_view(theme, **figures, visit));
  }
  put(page.view, "themes", themes);
  return page;
}

}  // namespace minato::web
