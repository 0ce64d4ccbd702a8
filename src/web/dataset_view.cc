#include "web/dataset_view.h"

#include <string>
#include <utility>
#include <vector>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/display.h"
#include "web/provenance_view.h"

namespace minato::web {
namespace {

using http::percent_encode;

// Blank lines separate paragraphs; single line ends stay (the style sheet keeps them).
View paragraphs(std::string_view text) {
  View out = list();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    const std::string_view paragraph = text.substr(0, end);
    if (paragraph.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      View item = object();
      put(item, "text", std::string(paragraph));
      out.push_back(item);
    }
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return out;
}

View link_item(const std::string& text, const std::string& href) {
  View item = object();
  put(item, "text", text);
  put(item, "href", href);
  return item;
}

void put_publisher(View& view, const std::string& owner_org, const service::Directory& directory,
                   const Visit& visit) {
  const core::Group* publisher = directory.find(core::GroupKind::kOrganization, owner_org);
  put(view, "publisher", publisher != nullptr);
  if (publisher == nullptr) return;
  put_text(view, "publisher_title", {publisher->title, publisher->title_en}, visit.language);
  put(view, "publisher_href", visit.link("/organization/" + percent_encode(publisher->name)));
}

// Names for the licence of a dataset, or the raw id where we don't know it.
void put_license(View& view, const core::Dataset& dataset, const service::Directory& directory,
                 const Visit& visit) {
  const core::License* license = core::find_license(dataset.license_id);
  put(view, "license_title",
      license != nullptr ? license->title.in(visit.language) : dataset.license_id);
  put(view, "license_href", license != nullptr ? web_address(license->url) : "");
  put(view, "license_open", license != nullptr && license->open);
  std::string credit;
  if (license != nullptr) {
    const core::Group* publisher =
        directory.find(core::GroupKind::kOrganization, dataset.owner_org);
    core::Work work;
    work.title = dataset.title;
    work.creator = publisher != nullptr ? publisher->title : dataset.author;
    work.url = visit.catalog.options().site_url + "/dataset/" + percent_encode(dataset.name);
    credit = core::credit_line(*license, work).in(visit.language);
  }
  put(view, "credit", credit);
}

View tag_links(const core::Dataset& dataset, const Visit& visit) {
  View tags = list();
  for (const core::Tag& tag : dataset.tags) {
    tags.push_back(link_item(tag.name, visit.link("/dataset?tag=" + percent_encode(tag.name))));
  }
  return tags;
}

View theme_links(const core::Dataset& dataset, const Visit& visit) {
  View themes = list();
  for (const std::string& code : dataset.themes) {
    const core::Theme* theme = core::find_theme(code);
    themes.push_back(link_item(theme != nullptr ? theme->name.in(visit.language) : code,
                               visit.link("/dataset?theme=" + percent_encode(code))));
  }
  return themes;
}

std::string joined_places(const core::Dataset& dataset, const service::Directory& directory,
                          const Visit& visit) {
  const bool japanese = visit.language == core::Language::kJa;
  std::string places;
  for (const std::string& code : dataset.spatial) {
    const core::Group* place = directory.find(core::GroupKind::kOrganization, code);
    if (!places.empty()) places += japanese ? "、" : ", ";
    if (place == nullptr) {
      places += code;
    } else {
      places += japanese || place->title_en.empty() ? place->title : place->title_en;
    }
  }
  return places;
}

std::string period_of(const core::Dataset& dataset, const Visit& visit) {
  const auto& [start, end] = dataset.temporal;
  if (start.empty() && end.empty()) return "";
  return visit.texts.with("period_between", {{"start", display_date(start, visit.language)},
                                             {"end", display_date(end, visit.language)}});
}

void put_contact(View& view, const core::Contact& contact) {
  put(view, "contact", contact != core::Contact{});
  put(view, "contact_name", contact.name);
  put(view, "contact_email", contact.email);
  put(view, "contact_phone", contact.phone);
  put(view, "contact_href", web_address(contact.url));
}

View columns_of(const core::Resource& resource) {
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

View extras_of(const core::Dataset& dataset) {
  View extras = list();
  for (const core::Extra& extra : dataset.extras) {
    if (is_provenance_extra(extra.key)) continue;
    View row = object();
    put(row, "key", extra.key);
    put(row, "value", extra.value);
    extras.push_back(row);
  }
  return extras;
}

std::string dataset_path(const core::Dataset& dataset) {
  return "/dataset/" + percent_encode(dataset.name);
}

}  // namespace

core::LocalizedText title_of(const core::Dataset& dataset) {
  const std::string& title = dataset.title.empty() ? dataset.name : dataset.title;
  return {title, dataset.title_en};
}

View dataset_summary(const core::Dataset& dataset, const service::Directory& directory,
                     const Visit& visit) {
  View view = object();
  put_text(view, "title", title_of(dataset), visit.language);
  put(view, "href", visit.link(dataset_path(dataset)));
  put_publisher(view, dataset.owner_org, directory, visit);
  put_text(view, "notes", {dataset.notes, dataset.notes_en}, visit.language);
  put(view, "modified", display_day(dataset.modified, visit.language));
  put(view, "modified_iso", core::to_rfc3339(dataset.modified));
  std::vector<std::string> seen;
  View formats = list();
  for (const core::Resource& resource : dataset.resources) {
    if (resource.format.empty()) continue;
    if (std::find(seen.begin(), seen.end(), resource.format) != seen.end()) continue;
    seen.push_back(resource.format);
    View format = object();
    put(format, "text", resource.format);
    formats.push_back(format);
  }
  put(view, "has_formats", !seen.empty());
  put(view, "formats", formats);
  return view;
}

View resource_view(const core::Dataset& dataset, const core::Resource& resource,
                   const Visit& visit) {
  const std::string path = dataset_path(dataset) + "/resource/" + percent_encode(resource.id);
  View view = object();
  put(view, "title", resource.name.empty() ? visit.texts["unnamed_resource"] : resource.name);
  put(view, "anchor", "resource-" + std::to_string(resource.position + 1));
  put(view, "href", visit.link(path));
  put(view, "description", paragraphs(resource.description));
  put(view, "format", resource.format);
  put(view, "size", resource.size ? display_size(*resource.size) : "");
  const core::Timestamp modified = resource.last_modified.value_or(resource.metadata_modified);
  put(view, "modified", display_day(modified, visit.language));
  put(view, "modified_iso", core::to_rfc3339(modified));
  put(view, "sha256", resource.blob);
  const bool kept = !resource.blob.empty();
  const bool loadable =
      kept || resource.url_type == "datastore" || !web_address(resource.url).empty();
  put(view, "download", loadable ? path + "/download" : "");
  put(view, "elsewhere", kept ? "" : web_address(resource.url));
  const core::License* license = core::find_license(resource.license_id);
  put(view, "license",
      license != nullptr ? license->title.in(visit.language) : resource.license_id);
  put(view, "has_columns", !resource.columns.empty());
  put(view, "columns", columns_of(resource));
  put(view, "caption", visit.texts.with("columns_caption", {{"title", resource.name}}));
  return view;
}

View dataset_view(const core::Dataset& dataset, const service::Directory& directory,
                  const Visit& visit) {
  View view = object();
  const std::string path = dataset_path(dataset);
  put_text(view, "title", title_of(dataset), visit.language);
  put_text(view, "notes", {dataset.notes, dataset.notes_en}, visit.language);
  const bool english =
      !dataset.notes_en.empty() && (visit.language == core::Language::kEn || dataset.notes.empty());
  put(view, "notes", paragraphs(english ? dataset.notes_en : dataset.notes));
  put_publisher(view, dataset.owner_org, directory, visit);
  put_license(view, dataset, directory, visit);
  const core::Frequency* frequency = core::find_frequency(dataset.frequency);
  put(view, "frequency",
      frequency != nullptr ? frequency->name.in(visit.language) : dataset.frequency);
  put(view, "period", period_of(dataset, visit));
  put(view, "places", joined_places(dataset, directory, visit));
  put(view, "has_themes", !dataset.themes.empty());
  put(view, "themes", theme_links(dataset, visit));
  put(view, "has_tags", !dataset.tags.empty());
  put(view, "tags", tag_links(dataset, visit));
  put_contact(view, dataset.contact);
  put(view, "landing_page", web_address(dataset.url));
  put(view, "version", dataset.version);
  put(view, "created", display_day(dataset.created, visit.language));
  put(view, "created_iso", core::to_rfc3339(dataset.created));
  put(view, "modified", display_day(dataset.modified, visit.language));
  put(view, "modified_iso", core::to_rfc3339(dataset.modified));
  const View extras = extras_of(dataset);
  put(view, "has_extras", extras.is_non_empty_list());
  put(view, "extras", extras);
  put(view, "name", dataset.name);
  put(view, "api_href", "/api/v1/datasets/" + percent_encode(dataset.name));
  put(view, "ckan_href", "/api/3/action/package_show?id=" + percent_encode(dataset.name));
  View resources = list();
  for (const core::Resource& resource : dataset.resources) {
    if (resource.state != core::State::kActive) continue;
    resources.push_back(resource_view(dataset, resource, visit));
  }
  put(view, "has_resources", resources.is_non_empty_list());
  put(view, "resources", resources);
  return view;
}

}  // namespace minato::web
