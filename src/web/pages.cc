#include "web/pages.h"

#include <algorithm>
#include <string>
#include <utility>

#include "http/url.h"
#include "web/dataset_view.h"
#include "web/display.h"
#include "web/group_view.h"
#include "web/provenance_view.h"

namespace minato::web {

core::Result<Page> home_page(const Visit& visit) {
  constexpr std::int64_t kNewest = 5;
  const auto newest = visit.catalog.recently_changed(0, kNewest);
  if (!newest) return tl::unexpected(newest.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  const auto& organizations = (*directory)->groups(core::GroupKind::kOrganization);

  Page page;
  page.content = "home";
  page.path = "/";
  put(page.view, "heading", visit.catalog.options().site_title.in(visit.language));
  put(page.view, "description", visit.catalog.options().site_description.in(visit.language));
  put(page.view, "action", visit.link("/dataset"));
  put(page.view, "counts",
      visit.texts.with(
          "counts",
          {{"datasets", display_count(newest->count)},
           {"organizations", display_count(static_cast<std::int64_t>(organizations.size()))}}));
  View datasets = list();
  for (const auto& dataset : newest->datasets) {
    datasets.push_back(dataset_summary(*dataset, **directory, visit));
  }
  put(page.view, "has_newest", !newest->datasets.empty());
  put(page.view, "newest", datasets);
  put(page.view, "organizations", group_links(organizations, **directory, visit));
  page.alternates.push_back({"application/json", "/api/v1"});
  page.alternates.push_back({"application/atom+xml", "/feeds/dataset.atom"});
  return page;
}

core::Result<Page> dataset_page(const Visit& visit) {
  const auto dataset = visit.catalog.dataset(*visit.request.path_param("id"));
  if (!dataset) return tl::unexpected(dataset.error());
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  Page page;
  page.content = "dataset";
  page.path = "/dataset/" + http::percent_encode(dataset->name);
  const core::LocalizedText title = title_of(*dataset);
  page.title = title.in(visit.language).empty() ? title.ja : title.in(visit.language);
  const auto provenance = visit.catalog.provenance(*dataset);
  if (!provenance) return tl::unexpected(provenance.error());
  page.view = dataset_view(*dataset, **directory, visit);
  put_provenance(page.view, *provenance, visit);
  page.alternates.push_back(
      {"application/json", "/api/v1/datasets/" + http::percent_encode(dataset->name)});
  return page;
}

core::Result<Page> resource_page(const Visit& visit) {
  const std::string& dataset_id = *visit.request.path_param("id");
  const auto found = visit.catalog.resource(*visit.request.path_param("rid"));
  if (!found) return tl::unexpected(found.error());
  const auto& [dataset, resource] = *found;
  if (dataset.id != dataset_id && dataset.name != dataset_id) {
    return core::fail(
        core::ErrorCode::kNotFound, "resource-not-found",
        {"このデータセットにそのリソースはありません。", "This dataset has no such resource."},
        {"データセットのページからファイルを選び直してください: /dataset/" + dataset.name,
         "Choose the file on the page of its dataset: /dataset/" + dataset.name});
  }
  const std::string dataset_path = "/dataset/" + http::percent_encode(dataset.name);
  Page page;
  page.content = "resource";
  page.path = dataset_path + "/resource/" + http::percent_encode(resource.id);
  page.view = resource_view(dataset, resource, visit);
  auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(std::move(directory).error());
  const bool has_table = (*directory)->has_table(resource.id);
  put(page.view, "table",
      has_table ? "/api/v1/tables/" + http::percent_encode(resource.id) : std::string());
  const core::LocalizedText title = title_of(dataset);
  put_text(page.view, "dataset_title", title, visit.language);
  put(page.view, "dataset_href", visit.link(dataset_path));
  page.title = (resource.name.empty() ? visit.texts["unnamed_resource"] : resource.name) + " - " +
               (title.in(visit.language).empty() ? title.ja : title.in(visit.language));
  page.alternates.push_back(
      {"application/json", "/api/3/action/resource_show?id=" + http::percent_encode(resource.id)});
  return page;
}

core::Result<Page> about_page(const Visit& visit) {
  Page page;
  page.content = "about";
  page.path = "/about";
  page.title = visit.texts["about"];
  put(page.view, "heading", visit.catalog.options().site_title.in(visit.language));
  put(page.view, "description", visit.catalog.options().site_description.in(visit.language));
  put(page.view, "site_url", visit.catalog.options().site_url);
  return page;
}

}  // namespace minato::web
