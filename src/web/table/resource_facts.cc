#include "web/table/resource_facts.h"

#include <string>

#include "core/licenses.h"
#include "core/url.h"
#include "http/url.h"
#include "web/catalogue/dataset_material.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/resource_title.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

void put_file(View& view, const core::Resource& resource, const std::string& path,
              const Texts& texts) {
  const bool is_kept = !resource.blob.empty();
  const std::string elsewhere = is_kept ? "" : web_address(resource.url);
  const bool is_rows = resource.url_type == "datastore";
  put(view, "download", is_kept || is_rows || !elsewhere.empty() ? path + "/download" : "");
  // As on the page of the dataset.
  const bool is_page = resource.format == "HTML" && !elsewhere.empty();
  put(view, "get", texts[is_page ? "ds_open_page" : "table_get_file"]);
  put(view, "elsewhere", elsewhere);
  const auto url = core::parse_url(elsewhere);
  put(view, "host", url ? url->host : "");
  std::string about = resource.format;
  if (resource.size) about += (about.empty() ? "" : " · ") + display_size(*resource.size);
  put(view, "file_about", about);
  put(view, "file_name", is_kept && web_address(resource.url).empty() ? resource.url : "");
  put(view, "format", resource.format);
  put(view, "size", resource.size ? display_size(*resource.size) : "");
  put(view, "sha256", resource.blob);
}

void put_licence(View& view, const service::FoundResource& found, const core::Group* publisher,
                 const Visit& visit) {
  const core::Dataset& dataset = found.dataset;
  const std::string& id =
      found.resource.license_id.empty() ? dataset.license_id : found.resource.license_id;
  const core::License* license = core::find_license(id);
  put(view, "license_title", license != nullptr ? license->title.in(visit.language) : id);
  put(view, "license_href", license != nullptr ? web_address(license->url) : "");
  put(view, "credit", "");
  if (license == nullptr) return;
  core::Work work;
  work.title = title_in(dataset, visit.language);
  work.creator = publisher != nullptr ? publisher->title : dataset.author;
  work.url = visit.catalog.options().site_url + dataset_path(dataset);
  put(view, "credit", core::credit_line(*license, work).in(visit.language));
}

View declared_columns(const core::Resource& resource) {
  View columns = list();
  for (const core::Column& column : resource.columns) {
    View row = object();
    put(row, "name", column.name);
    put(row, "title", column.title);
    put(row, "type", column.type);
    put(row, "unit", column.unit);
    put(row, "description", column.description);
    columns.push_back(row);
  }
  return columns;
}

}  // namespace

std::string resource_name(const core::Resource& resource, const Texts& texts) {
  return resource_title(resource, texts);
}

void put_resource(View& view, const service::FoundResource& found,
                  const service::Directory& directory, const Visit& visit) {
  const auto& [dataset, resource] = found;
  put(view, "title", resource_name(resource, visit.texts));
  put_text(view, "dataset_title", title_of(dataset), visit.language);
  put(view, "dataset_href", visit.link(dataset_path(dataset)));
  put(view, "has_description", !trimmed(resource.description).empty());
  put(view, "blocks", prose(resource.description));
  put_file(view, resource, visit.data_link(resource_path(dataset, resource)), visit.texts);
  const core::Timestamp modified = resource.last_modified.value_or(resource.metadata_modified);
  put(view, "modified", display_day(modified, visit.language));
  put(view, "modified_iso", core::to_rfc3339(modified));
  const core::Group* publisher = directory.find(core::GroupKind::kOrganization, dataset.owner_org);
  put(view, "publisher", publisher != nullptr);
  if (publisher != nullptr) {
    put_text(view, "publisher_title", {publisher->title, publisher->title_en}, visit.language);
    put(view, "publisher_href",
        visit.link("/organization/" + http::percent_encode(publisher->name)));
  }
  put_licence(view, found, publisher, visit);
  put(view, "resource_id", resource.id);
  put(view, "has_columns", !resource.columns.empty());
  put(view, "columns", declared_columns(resource));
  put(view, "caption",
      visit.texts.with("columns_caption", {{"title", resource_name(resource, visit.texts)}}));
}

}  // namespace minato::web
