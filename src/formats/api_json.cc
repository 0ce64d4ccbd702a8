#include "formats/api_json.h"

#include "core/licenses.h"
#include "core/vocabularies.h"
#include "formats/harvest_json.h"

namespace minato::formats {
namespace {

const core::Group* find(const std::function<const core::Group*(std::string_view)>& lookup,
                        std::string_view id) {
  return id.empty() || !lookup ? nullptr : lookup(id);
}

void write_time_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<core::Timestamp>& time) {
  json.field_or_null(key, time ? core::to_rfc3339(*time) : std::string());
}

void write_extras(JsonWriter& json, const std::vector<core::Extra>& extras) {
  json.key("extras").begin_object();
  for (const core::Extra& extra : extras) json.field(extra.key, extra.value);
  json.end_object();
}

void write_license(JsonWriter& json, std::string_view license_id, const core::Work& work,
                   core::Language language) {
  json.key("license");
  if (license_id.empty()) {
    json.null();
    return;
  }
  const core::License* license = core::find_license(license_id);
  json.begin_object().field("id", license != nullptr ? license->id : license_id);
  json.field("title", license != nullptr ? license->title.in(language) : license_id);
  json.field_or_null("url", license != nullptr ? license->url : std::string());
  json.key("open").boolean(license != nullptr && license->open);
  json.field_or_null("credit", license != nullptr ? core::credit_line(*license, work).in(language)
                                                  : std::string());
  json.end_object();
}

void write_named(JsonWriter& json, const core::Group& group) {
  json.begin_object().field("name", group.name).field("title", group.title).end_object();
}

void write_frequency(JsonWriter& json, const core::Dataset& dataset, core::Language language) {
  json.key("frequency");
  if (dataset.frequency.empty()) {
    json.null();
    return;
  }
  const core::Frequency* known = core::find_frequency(dataset.frequency);
  json.begin_object()
      .field("code", known != nullptr ? known->code : dataset.frequency)
      .field("title", known != nullptr ? known->name.in(language) : dataset.frequency)
      .field_or_null("duration", known != nullptr ? known->duration : std::string())
      .end_object();
}

void write_lists(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context) {
  json.key("themes").begin_array();
  for (const std::string& code : dataset.themes) {
    const core::Theme* theme = core::find_theme(code);
    json.begin_object()
        .field("code", code)
        .field("title", theme != nullptr ? theme->name.in(context.language) : code)
        .end_object();
  }
  json.end_array().key("tags").begin_array();
  for (const core::Tag& tag : dataset.tags) json.string(tag.name);
  json.end_array().key("groups").begin_array();
  for (const std::string& id : dataset.groups) {
    const core::Group* group = find(context.catalogue.group, id);
    if (group != nullptr) write_named(json, *group);
  }
  json.end_array();
}

void write_coverage(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context) {
  json.key("temporal");
  if (dataset.temporal == core::Period{}) {
    json.null();
  } else {
    json.begin_object()
        .field_or_null("start", dataset.temporal.start)
        .field_or_null("end", dataset.temporal.end)
        .end_object();
  }
  json.key("spatial").begin_array();
  for (const std::string& code : dataset.spatial) {
    const core::Group* area = find(context.catalogue.organization, code);
    json.begin_object()
        .field("code", code)
        .field_or_null("title", area != nullptr ? area->title : std::string())
        .end_object();
  }
  json.end_array();
}

void write_contact(JsonWriter& json, const core::Contact& contact) {
  json.key("contact");
  if (contact == core::Contact{}) {
    json.null();
    return;
  }
  json.begin_object()
      .field_or_null("name", contact.name)
      .field_or_null("email", contact.email)
      .field_or_null("url", contact.url)
      .field_or_null("phone", contact.phone)
      .end_object();
}

void write_columns(JsonWriter& json, const std::vector<core::Column>& columns) {
  json.key("columns").begin_array();
  for (const core::Column& column : columns) {
    json.begin_object()
        .field("name", column.name)
        .field_or_null("title", column.title)
        .field_or_null("type", column.type)
        .field_or_null("unit", column.unit)
        .field_or_null("description", column.description)
        .end_object();
  }
  json.end_array();
}

void write_resource(JsonWriter& json, const core::Resource& resource, const core::Work& work,
                    const ApiContext& context) {
  json.begin_object()
      .field("id", resource.id)
      .field("dataset_id", resource.dataset_id)
      .field_or_null("name", resource.name)
      .field_or_null("description", resource.description)
      .field_or_null("url", ckan_resource_url(resource, context.catalogue.site_url))
      .field_or_null("format", resource.format)
      .field_or_null("mimetype", resource.mimetype);
  json.key("size");
  if (resource.size) {
    json.integer(*resource.size);
  } else {
    json.null();
  }
  json.field_or_null("sha256", resource.blob).field("created", core::to_rfc3339(resource.created));
  write_time_or_null(json, "modified", resource.last_modified);
  write_license(json, resource.license_id, work, context.language);
  write_columns(json, resource.columns);
  const bool has_table = context.catalogue.has_table && context.catalogue.has_table(resource.id);
  json.field_or_null("table", has_table ? context.catalogue.site_url + "/api/v1/tables/" +
                                              percent_encode(resource.id)
                                        : std::string());
  write_extras(json, resource.extras);
  json.end_object();
}

std::string_view name_of(core::State state) {
  if (state == core::State::kDraft) return "draft";
  return state == core::State::kActive ? "active" : "deleted";
}

void write_texts(JsonWriter& json, const core::Dataset& dataset, const std::string& page) {
  json.field("id", dataset.id)
      .field("name", dataset.name)
      .field("title", dataset.title.empty() ? dataset.name : dataset.title)
      .field_or_null("title_kana", dataset.title_kana)
      .field_or_null("title_en", dataset.title_en)
      .field_or_null("description", dataset.notes)
      .field_or_null("description_en", dataset.notes_en)
      .field("url", page)
      .field_or_null("landing_page", dataset.url)
      .field_or_null("version", dataset.version)
      .field_or_null("author", dataset.author)
      .field_or_null("author_email", dataset.author_email)
      .field_or_null("maintainer", dataset.maintainer)
      .field_or_null("maintainer_email", dataset.maintainer_email);
}

core::Work work_of(const core::Dataset& dataset, const ApiContext& context) {
  const core::Group* organization = find(context.catalogue.organization, dataset.owner_org);
  return {dataset.title.empty() ? dataset.name : dataset.title,
          organization != nullptr ? organization->title : dataset.author,
          context.catalogue.site_url + "/dataset/" + dataset.name};
}

void write_dataset_members(JsonWriter& json, const core::Dataset& dataset,
                           const ApiContext& context) {
  const std::string& site = context.catalogue.site_url;
  const std::string page = site + "/dataset/" + dataset.name;
  const core::Group* organization = find(context.catalogue.organization, dataset.owner_org);
  const core::Work work = work_of(dataset, context);
  write_texts(json, dataset, page);
  json.key("organization");
  if (organization != nullptr) {
    write_named(json, *organization);
  } else {
    json.null();
  }
  write_license(json, dataset.license_id, work, context.language);
  write_lists(json, dataset, context);
  write_frequency(json, dataset, context.language);
  json.field_or_null("language", dataset.language);
  write_coverage(json, dataset, context);
  write_contact(json, dataset.contact);
  json.field("state", name_of(dataset.state)).key("private").boolean(dataset.is_private);
  write_time_or_null(json, "publish_at", dataset.publish_at);
  json.field("created", core::to_rfc3339(dataset.created))
      .field("modified", core::to_rfc3339(dataset.modified));
  write_extras(json, dataset.extras);
  json.key("resources").begin_array();
  for (const core::Resource& resource : dataset.resources) {
    write_resource(json, resource, work, context);
  }
  json.end_array().key("links").begin_object();
  json.field("self", site + "/api/v1/datasets/" + dataset.name)
      .field("html", page)
      .field("ckan", site + "/api/3/action/package_show?id=" + dataset.name)
      .end_object();
}

}  // namespace

void write_api_dataset(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context) {
  json.begin_object();
  write_dataset_members(json, dataset, context);
  json.end_object();
}

void write_api_dataset(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context,
                       const std::optional<core::Provenance>& provenance) {
  json.begin_object();
  write_dataset_members(json, dataset, context);
  json.key("provenance");
  if (provenance) {
    write_provenance(json, *provenance);
  } else {
    json.null();
  }
  json.end_object();
}

void write_api_resource(JsonWriter& json, const core::Dataset& dataset,
                        const core::Resource& resource, const ApiContext& context) {
  write_resource(json, resource, work_of(dataset, context), context);
}

void write_api_organization(JsonWriter& json, const core::Group& organization,
                            std::int64_t dataset_count, const ApiContext& context) {
  const std::string& site = context.catalogue.site_url;
  const core::Group* parent = find(context.catalogue.organization, organization.parent);
  json.begin_object()
      .field("id", organization.id)
      .field("name", organization.name)
      .field("title", organization.title)
      .field_or_null("title_kana", organization.title_kana)
      .field_or_null("title_en", organization.title_en)
      .field_or_null("description", organization.description)
      .field_or_null("image_url", organization.image_url)
      .field_or_null("homepage", organization.homepage)
      .field_or_null("kind", organization.municipality_kind)
      .field_or_null("county", organization.county);
  for (const auto& [key, degrees] : {std::pair{"latitude", organization.latitude},
                                     std::pair{"longitude", organization.longitude}}) {
    json.key(key);
    if (degrees) {
      json.number(*degrees);
    } else {
      json.null();
    }
  }
  json.field_or_null("parent", parent != nullptr ? parent->name : std::string());
  json.key("dataset_count").integer(dataset_count);
  json.field("created", core::to_rfc3339(organization.created));
  write_extras(json, organization.extras);
  json.key("links").begin_object();
  json.field("self", site + "/api/v1/organizations/" + organization.name)
      .field("html", site + "/organization/" + organization.name)
      .field("datasets", site + "/api/v1/datasets?organization=" + organization.name)
      .end_object()
      .end_object();
}

}  // namespace minato::formats
