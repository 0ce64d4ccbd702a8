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

namespace {

Page moved_to(std::string path) {
  Page page;
  page.moved_to = std::move(path);
  return page;
}

// What is left of a deleted dataset that everybody could see: why it went, and whom to ask.
Page removed_page(const service::RemovedDataset& removed, const service::Directory& directory,
                  const Visit& visit) {
  const core::Dataset& dataset = removed.dataset;
  Page page;
  page.status = 410;
  page.index = false;
  page.content = "removed";
  page.path = "/dataset/" + http::percent_encode(dataset.name);
  page.title = visit.texts["removed"];
  put_text(page.view, "title", title_of(dataset), visit.language);
  put(page.view, "reason", removed.tombstone.reason);
  put(page.view, "time", display_day(removed.tombstone.time, visit.language));
  put(page.view, "time_iso", core::to_rfc3339(removed.tombstone.time));
  const core::Group* publisher = directory.find(core::GroupKind::kOrganization, dataset.owner_org);
  put(page.view, "publisher", publisher != nullptr);
  if (publisher == nullptr) return page;
  put_text(page.view, "publisher_title", {publisher->title, publisher->title_en}, visit.language);
  put(page.view, "publisher_href",
      visit.link("/organization/" + http::percent_encode(publisher->name)));
  return page;
}

// For a dataset that is not found.
core::Result<Page> page_of_missing(const core::Error& missing, const Visit& visit) {
  if (missing.code != core::ErrorCode::kNotFound) return tl::unexpected(missing);
  const auto removed = visit.catalog.removed(*visit.request.path_param("id"));
  if (!removed) return tl::unexpected(removed.error());
  if (!*removed) return tl::unexpected(missing);
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  return removed_page(**removed, **directory, visit);
}

bool is_named(const core::Dataset& dataset, const std::string& id_or_name) {
  return dataset.id == id_or_name || dataset.name == id_or_name;
}

bool is_public(const core::Dataset& dataset) {
  return dataset.state == core::State::kActive && !dataset.is_private;
}

}  // namespace

core::Result<Page> dataset_page(const Visit& visit) {
  const std::string& asked = *visit.request.path_param("id");
  const auto dataset = visit.catalog.dataset(asked, visit.request.caller);
  if (!dataset) return page_of_missing(dataset.error(), visit);
  if (!is_named(*dataset, asked)) {
    return moved_to("/dataset/" + http::percent_encode(dataset->name));
  }
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  Page page;
  page.content = "dataset";
  page.path = "/dataset/" + http::percent_encode(dataset->name);
  const core::LocalizedText title = title_of(*dataset);
  page.title = title.in(visit.language).empty() ? title.ja : title.in(visit.language);
  const auto provenance = visit.catalog.provenance(*dataset);
  if (!provenance) return tl::unexpected(provenance.error());
  page.index = is_public(*dataset);
  page.view = dataset_view(*dataset, **directory, visit);
  put_provenance(page.view, *provenance, visit);
  page.alternates.push_back(
      {"application/json", "/api/v1/datasets/" + http::percent_encode(dataset->name)});
  return page;
}

core::Result<Page> resource_page(const Visit& visit) {
  const std::string& dataset_id = *visit.request.path_param("id");
  const auto found =
      visit.catalog.resource_in(dataset_id, *visit.request.path_param("rid"), visit.request.caller);
  if (!found) return tl::unexpected(found.error());
  const auto& [dataset, resource] = *found;
  if (!is_named(dataset, dataset_id)) {
    return moved_to("/dataset/" + http::percent_encode(dataset.name) + "/resource/" +
                    http::percent_encode(resource.id));
  }
  const std::string dataset_path = "/dataset/" + http::percent_encode(dataset.name);
  Page page;
  page.content = "resource";
  page.path = dataset_path + "/resource/" + http::percent_encode(resource.id);
  page.index = is_public(dataset);
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
