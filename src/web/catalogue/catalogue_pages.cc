#include "web/catalogue/catalogue_pages.h"

#include <memory>

#include "web/catalogue/dataset_page.h"
#include "web/catalogue/figures_cache.h"
#include "web/catalogue/home_page.h"
#include "web/catalogue/search_page.h"
#include "web/catalogue/tags_page.h"
#include "web/catalogue/themes_page.h"

namespace minato::web {

std::vector<PageRow> catalogue_pages(const std::shared_ptr<GroupFactsCache>& facts) {
  const auto figures = std::make_shared<FiguresCache>();
  const auto with_figures = [&figures](core::Result<Page> (*make)(const Visit&, FiguresCache&)) {
    return [figures, make](const Visit& visit) { return make(visit, *figures); };
  };
  return {{"/", "showHome",
           [figures, facts](const Visit& visit) { return home_page(visit, *figures, *facts); }},
          {"/dataset", "showDatasets", with_figures(search_page)},
          {"/dataset/{id}", "showDataset", dataset_page},
          {"/tag", "showTags", with_figures(tags_page)},
          {"/theme", "showThemes", with_figures(themes_page)}};
}

}  // namespace minato::web
