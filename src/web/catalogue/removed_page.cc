#include "web/catalogue/removed_page.h"

#include <string>

#include "web/catalogue/dataset_facts.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/related.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// Those that are like it, so that the way does not end here.
core::Result<void> put_others(View& view, const core::Dataset& removed,
                              const service::Directory& directory, const Visit& visit) {
  const auto related = related_datasets(visit.catalog, removed);
  if (!related) return tl::unexpected(related.error());
  View others = list();
  for (const core::DatasetPointer& other : *related) {
    others.push_back(dataset_summary(*other, directory, visit));
  }
  put(view, "has_others", !related->empty());
  put(view, "others", others);
  return {};
}

core::Result<Page> removed_page(const service::RemovedDataset& removed,
                                const service::Directory& directory, const Visit& visit) {
  const core::Dataset& dataset = removed.dataset;
  Page page;
  page.status = 410;
  page.index = false;
  page.section = Section::kDatasets;
  page.content = "removed";
  page.styles = {"dataset.css"};
  page.path = dataset_path(dataset);
  page.title = visit.texts["removed"];
  page.breadcrumbs = {{visit.texts["datasets"], visit.link("/dataset")}};
  put_text(page.view, "title", title_of(dataset), visit.language);
  put(page.view, "has_reason", !trimmed(removed.tombstone.reason).empty());
  put(page.view, "reason_lang", words_language(removed.tombstone.reason, visit.language));
  put(page.view, "blocks", prose(removed.tombstone.reason));
  put(page.view, "time", display_day(removed.tombstone.time, visit.language));
  put(page.view, "time_iso", core::to_rfc3339(removed.tombstone.time));
  put_publisher(page.view, directory.find(core::GroupKind::kOrganization, dataset.owner_org),
                visit);
  put_contact(page.view, dataset, visit);
  if (auto done = put_others(page.view, dataset, directory, visit); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return page;
}

}  // namespace

core::Result<Page> page_of_missing(const core::Error& missing, const Visit& visit) {
  if (missing.code != core::ErrorCode::kNotFound) return tl::unexpected(missing);
  const auto removed = visit.catalog.removed(*visit.request.path_param("id"));
  if (!removed) return tl::unexpected(removed.error());
  if (!*removed) return tl::unexpected(missing);
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  return removed_page(**removed, **directory, visit);
}

}  // namespace minato::web
