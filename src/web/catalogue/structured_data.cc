#include "web/catalogue/structured_data.h"

#include <set>

#include "core/utf8.h"
#include "core/vocabularies.h"
#include "formats/json.h"
#include "http/url.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/prose.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using formats::JsonWriter;

constexpr std::size_t kMaxDistributions = 100;
constexpr std::size_t kMaxVariables = 200;
constexpr std::size_t kShortDescription = 50;  // Google wants 50 to 5,000 characters
constexpr std::size_t kLongDescription = 4900;

class DatasetGraph {
 public:
  DatasetGraph(const DatasetMaterial& material, const Visit& visit, JsonWriter& json)
      : material_(material),
        dataset_(material.dataset),
        visit_(visit),
        site_(visit.catalog.options().site_url),
        json_(json) {}

  void write() {
    const std::string url = site_ + dataset_path(dataset_);
    json_.begin_object().field("@type", "Dataset").field("@id", url);
    json_.field("name", title_in(dataset_, visit_.language));
    field("alternateName", other_title());
    json_.field("description", description());
    json_.field("url", site_ + visit_.link(dataset_path(dataset_))).field("identifier", url);
    field("sameAs", web_address(dataset_.url));
    field("version", dataset_.version);
    json_.field("inLanguage", dataset_.language.empty() ? "ja" : dataset_.language);
    json_.key("isAccessibleForFree").boolean(true);
    json_.field("datePublished", core::to_rfc3339(dataset_.created));
    json_.field("dateModified", core::to_rfc3339(dataset_.modified));
    const core::License* license = core::find_license(dataset_.license_id);
    field("license", license != nullptr ? web_address(license->url) : "");
    write_publisher();
    write_keywords();
    write_coverage();
    json_.key("includedInDataCatalog").begin_object().field("@type", "DataCatalog");
    json_.field("name", visit_.catalog.options().site_title.in(visit_.language));
    json_.field("url", site_ + visit_.link("/")).end_object();
    write_distributions();
    write_variables();
    json_.end_object();
  }

 private:
  void field(std::string_view name, const std::string& text) {
    if (!text.empty()) json_.field(name, text);
  }

  [[nodiscard]] std::string other_title() const {
    const std::string shown = title_in(dataset_, visit_.language);
    return shown == dataset_.title_en ? dataset_.title : dataset_.title_en;
  }

  [[nodiscard]] std::string publisher_title() const {
    const core::Group* publisher = material_.publisher();
    if (publisher == nullptr) return dataset_.author;
    const bool english = visit_.language == core::Language::kEn && !publisher->title_en.empty();
    return english ? publisher->title_en : publisher->title;
  }

  // A description that is too short is followed by what every dataset can say of itself.
  [[nodiscard]] std::string description() const {
    const bool english = visit_.language == core::Language::kEn && !dataset_.notes_en.empty();
    std::string text(
        trimmed(english || dataset_.notes.empty() ? dataset_.notes_en : dataset_.notes));
    if (core::count_code_points(text) < kShortDescription) {
      if (!text.empty()) text += " ";
      text += self_description(material_, visit_);
    }
    return shortened(text, kLongDescription);
  }

  void write_organization(const core::Group& publisher) {
    const std::string url = site_ + "/organization/" + http::percent_encode(publisher.name);
    json_.begin_object().field("@type", "Organization").field("@id", url);
    json_.field("name", publisher_title());
    const std::string homepage = web_address(publisher.homepage);
    json_.field("url", homepage.empty() ? url : homepage);
    const core::Contact& contact = dataset_.contact;
    if (contact != core::Contact{}) {
      json_.key("contactPoint").begin_object().field("@type", "ContactPoint");
      json_.field("contactType", "customer service");
      field("name", contact.name);
      field("email", contact.email);
      field("telephone", contact.phone);
      field("url", web_address(contact.url));
      json_.end_object();
    }
    json_.end_object();
  }

  void write_publisher() {
    const core::Group* publisher = material_.publisher();
    if (publisher != nullptr) {
      json_.key("creator");
      write_organization(*publisher);
      json_.key("publisher");
      write_organization(*publisher);
    } else if (!dataset_.author.empty()) {
      json_.key("creator").begin_object().field("@type", "Organization");
      json_.field("name", dataset_.author).end_object();
    }
  }

  void write_keywords() {
    json_.key("keywords").begin_array();
    for (const core::Tag& tag : dataset_.tags) json_.string(tag.name);
    for (const std::string& code : dataset_.themes) {
      const core::Theme* theme = core::find_theme(code);
      if (theme != nullptr) json_.string(theme->name.in(visit_.language));
    }
    json_.end_array();
  }

  void write_coverage() {
    const auto& [start, end] = dataset_.temporal;
    if (!start.empty() || !end.empty()) {
      json_.field("temporalCoverage",
                  (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end));
    }
    json_.key("spatialCoverage").begin_array();
    for (const std::string& code : dataset_.spatial) write_place(code);
    for (const auto& [id, table] : material_.schemas) {
      if (table->schema->bbox) write_box(*table->schema->bbox);
    }
    json_.end_array();
  }

  void write_place(const std::string& code) {
    const core::Group* place = material_.directory->find(core::GroupKind::kOrganization, code);
    json_.begin_object().field("@type", "Place");
    json_.field("name", place != nullptr ? place->title : code).field("identifier", code);
    if (place != nullptr && place->latitude && place->longitude) {
      json_.key("geo").begin_object().field("@type", "GeoCoordinates");
      json_.key("latitude").number(*place->latitude);
      json_.key("longitude").number(*place->longitude);
      json_.end_object();
    }
    json_.end_object();
  }

  // South-west and north-east corner, as schema.org writes boxes.
  void write_box(const core::BoundingBox& box) {
    std::string corners;
    JsonWriter(corners).number(box.south);
    for (const double degrees : {box.west, box.north, box.east}) {
      corners += " ";
      JsonWriter(corners).number(degrees);
    }
    json_.begin_object().field("@type", "Place").key("geo").begin_object();
    json_.field("@type", "GeoShape").field("box", corners).end_object().end_object();
  }

  void write_distributions() {
    json_.key("distribution").begin_array();
    std::size_t count = 0;
    for (const core::Resource& resource : dataset_.resources) {
      if (resource.state != core::State::kActive || count == kMaxDistributions) continue;
      ++count;
      write_distribution(resource);
    }
    json_.end_array();
  }

  void begin_download(const core::Resource& resource) {
    json_.begin_object().field("@type", "DataDownload");
    field("name", resource.name);
    const auto modified = resource.last_modified.value_or(resource.metadata_modified);
    json_.field("dateModified", core::to_rfc3339(modified));
  }

  // The file as it is, and its rows as CSV when it is no CSV.
  void write_distribution(const core::Resource& resource) {
    const std::string download = download_path(dataset_, resource);
    if (!download.empty()) {
      begin_download(resource);
      field("description", shortened(resource.description, 500));
      field("encodingFormat", encoding_of(resource));
      json_.field("contentUrl", site_ + download);
      field("contentSize", resource.size ? display_size(*resource.size) : "");
      field("sha256", resource.blob);
      json_.end_object();
    }
    const service::ResourceTables* tables = material_.tables_of(resource.id);
    if (tables == nullptr || resource.format == "CSV") return;
    begin_download(resource);
    json_.field("encodingFormat", "text/csv");
    json_.field("contentUrl", site_ + "/api/v1/tables/" +
                                  http::percent_encode(tables->current.front().table_id) +
                                  "/export.csv");
    json_.end_object();
  }

  static std::string encoding_of(const core::Resource& resource) {
    if (!resource.mimetype.empty()) return resource.mimetype;
    const core::FileFormat* format = core::find_file_format(resource.format);
    return format != nullptr && !format->mimetype.empty() ? format->mimetype : resource.format;
  }

  void write_variables() {
    std::set<std::string> seen;
    json_.key("variableMeasured").begin_array();
    for (const core::Resource& resource : dataset_.resources) {
      if (resource.state != core::State::kActive) continue;
      for (const core::Column& column : material_.columns_of(resource)) {
        const std::string& name = column.title.empty() ? column.name : column.title;
        if (seen.size() == kMaxVariables || name.empty() || !seen.insert(name).second) continue;
        json_.begin_object().field("@type", "PropertyValue").field("name", name);
        field("description", column.description);
        field("unitText", column.unit);
        json_.end_object();
      }
    }
    json_.end_array();
  }

  const DatasetMaterial& material_;
  const core::Dataset& dataset_;
  const Visit& visit_;
  const std::string& site_;
  JsonWriter& json_;
};

void write_step(JsonWriter& json, std::int64_t position, const std::string& name,
                const std::string& url) {
  json.begin_object().field("@type", "ListItem");
  json.key("position").integer(position);
  json.field("name", name).field("item", url).end_object();
}

void write_breadcrumbs(JsonWriter& json, const Page& page, const Visit& visit) {
  const std::string& site = visit.catalog.options().site_url;
  json.begin_object().field("@type", "BreadcrumbList").key("itemListElement").begin_array();
  std::int64_t position = 1;
  write_step(json, position, visit.catalog.options().site_title.in(visit.language),
             site + visit.link("/"));
  for (const Breadcrumb& step : page.breadcrumbs) {
    write_step(json, ++position, step.text, site + step.href);
  }
  write_step(json, ++position, page.title, site + visit.link(page.path));
  json.end_array().end_object();
}

}  // namespace

std::string dataset_json_ld(const DatasetMaterial& material, const Page& page, const Visit& visit) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("@context", "https://schema.org/").key("@graph").begin_array();
  DatasetGraph(material, visit, json).write();
  write_breadcrumbs(json, page, visit);
  json.end_array().end_object();
  return out;
}

std::string website_json_ld(const Visit& visit) {
  const auto& options = visit.catalog.options();
  const std::string home = options.site_url + visit.link("/");
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("@context", "https://schema.org/").field("@type", "WebSite");
  json.field("@id", options.site_url + "/").field("url", home);
  json.field("name", options.site_title.in(visit.language));
  json.field("description", options.site_description.in(visit.language));
  json.field("inLanguage", visit.language == core::Language::kJa ? "ja" : "en");
  json.key("potentialAction").begin_object().field("@type", "SearchAction");
  json.key("target").begin_object().field("@type", "EntryPoint");
  json.field("urlTemplate", options.site_url + visit.link("/dataset") + "?q={search_term_string}");
  json.end_object().field("query-input", "required name=search_term_string").end_object();
  json.end_object();
  return out;
}

}  // namespace minato::web
