#include "formats/ckan_json.h"

#include "core/dataset_extras.h"

namespace minato::formats {
namespace {

std::string_view name_of(core::State state) {
  switch (state) {
    case core::State::kActive:
      return "active";
    case core::State::kDraft:
      return "draft";
    case core::State::kDeleted:
      break;
  }
  return "deleted";
}

void write_time_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<core::Timestamp>& time) {
  json.key(key);
  if (time) {
    json.string(core::to_ckan_time(*time));
  } else {
    json.null();
  }
}

void write_extras(JsonWriter& json, const std::vector<core::Extra>& extras) {
  json.key("extras").begin_array();
  for (const core::Extra& extra : extras) {
    json.begin_object().field("key", extra.key).field("value", extra.value).end_object();
  }
  json.end_array();
}

void write_dataset_extras(JsonWriter& json, const core::Dataset& dataset,
                          const CkanContext& context) {
  std::vector<core::Extra> extras = core::extras_with_fields(dataset);
  if (!dataset.spatial.empty()) {
    const auto behind = [](const core::Extra& extra) { return extra.key > "spatial_text"; };
    auto place = extras.begin();
    while (place != extras.end() && !behind(*place) && place->key != "spatial_text") ++place;
    // What a publisher wrote there itself wins.
    if (place == extras.end() || place->key != "spatial_text") {
      extras.insert(place, {"spatial_text", ckan_area_names(dataset, context)});
    }
  }
  write_extras(json, extras);
}

void write_license_fields(JsonWriter& json, const core::Dataset& dataset) {
  const core::License* license =
      dataset.license_id.empty() ? nullptr : core::find_license(dataset.license_id);
  json.field_or_null("license_id", dataset.license_id);
  json.field_or_null("license_title", license != nullptr ? license->title.ja : dataset.license_id);
  if (license != nullptr && !license->url.empty()) json.field("license_url", license->url);
  json.key("isopen").boolean(license != nullptr && license->open);
}

void write_organization_stub(JsonWriter& json, const core::Dataset& dataset,
                             const CkanContext& context) {
  const core::Group* organization = dataset.owner_org.empty() || !context.organization
                                        ? nullptr
                                        : context.organization(dataset.owner_org);
  json.key("organization");
  if (organization == nullptr) {
    json.null();
    return;
  }
  json.begin_object()
      .field("id", organization->id)
      .field("name", organization->name)
      .field("title", organization->title)
      .field("type", "organization")
      .field("description", organization->description)
      .field("image_url", organization->image_url)
      .field("created", core::to_ckan_time(organization->created));
  json.key("is_organization").boolean(true);
  json.field("approval_status", "approved")
      .field("state", name_of(organization->state))
      .end_object();
}

void write_group_stubs(JsonWriter& json, const core::Dataset& dataset, const CkanContext& context) {
  json.key("groups").begin_array();
  for (const std::string& id : dataset.groups) {
    const core::Group* group = context.group ? context.group(id) : nullptr;
    if (group == nullptr) continue;
    json.begin_object()
        .field("id", group->id)
        .field("name", group->name)
        .field("title", group->title)
        .field("display_name", group->title.empty() ? group->name : group->title)
        .field("description", group->description)
        .field("image_display_url", group->image_url)
        .end_object();
  }
  json.end_array();
}

void write_dataset_tags(JsonWriter& json, const core::Dataset& dataset) {
  json.key("tags").begin_array();
  for (const core::Tag& tag : dataset.tags) {
    json.begin_object()
        .field("id", tag.id)
        .field("name", tag.name)
        .field("display_name", tag.name)
        .field("state", "active")
        .field_or_null("vocabulary_id", tag.vocabulary_id)
        .end_object();
  }
  json.end_array();
}

// A resource's own keys; an extra must not repeat one of them, or the object would have a key
// twice.
bool is_resource_key(std::string_view key) {
  static constexpr std::string_view kKeys[] = {"id",
                                               "package_id",
                                               "position",
                                               "state",
                                               "name",
                                               "description",
                                               "url",
                                               "url_type",
                                               "format",
                                               "mimetype",
                                               "size",
                                               "mimetype_inner",
                                               "hash",
                                               "resource_type",
                                               "cache_url",
                                               "cache_last_updated",
                                               "created",
                                               "last_modified",
                                               "metadata_modified",
                                               "datastore_active",
                                               "license_id"};
  for (const std::string_view known : kKeys) {
    if (known == key) return true;
  }
  return false;
}

void write_resource_extras(JsonWriter& json, const core::Resource& resource) {
  if (!resource.license_id.empty()) json.field("license_id", resource.license_id);
  for (const core::Extra& extra : resource.extras) {
    if (!is_resource_key(extra.key)) json.field(extra.key, extra.value);
  }
}

bool has_scheme(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || colon == 0) return false;
  for (const char c : url.substr(0, colon)) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '+' || c == '-' || c == '.';
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::string ckan_area_names(const core::Dataset& dataset, const CkanContext& context) {
  std::string names;
  for (const std::string& code : dataset.spatial) {
    const core::Group* area = context.organization ? context.organization(code) : nullptr;
    if (!names.empty()) names += "、";
    names += area != nullptr ? area->title : code;
  }
  return names;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() * 3);
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0x0FU];
  }
  return out;
}

namespace {

std::string kept_file_url(const core::Resource& resource, std::string_view file_name,
                          std::string_view site_url) {
  std::string url(site_url);
  url.append("/dataset/").append(resource.dataset_id);
  url.append("/resource/").append(resource.id).append("/download");
  return file_name.empty() ? url : url.append("/").append(percent_encode(file_name));
}

// A file that was harvested stays a link to its publisher; the copy we keep is CKAN's cache_url.
std::string cache_url(const core::Resource& resource, std::string_view site_url) {
  const bool is_kept_link = resource.url_type.empty() && !resource.blob.empty();
  return is_kept_link ? kept_file_url(resource, "", site_url) : resource.cache_url;
}

}  // namespace

std::string ckan_resource_url(const core::Resource& resource, std::string_view site_url) {
  if (resource.url_type == "upload") {
    const std::string_view path = resource.url;
    return kept_file_url(resource, path.substr(path.rfind('/') + 1), site_url);  // npos + 1 is 0
  }
  if (resource.url_type == "datastore") {
    return std::string(site_url) + "/datastore/dump/" + resource.id;
  }
  if (resource.url.empty() || has_scheme(resource.url)) return resource.url;
  return "http://" + resource.url;
}

void write_ckan_resource(JsonWriter& json, const core::Resource& resource,
                         const CkanContext& context) {
  json.begin_object().field("id", resource.id).field("package_id", resource.dataset_id);
  json.key("position").integer(resource.position);
  json.field("state", name_of(resource.state))
      .field_or_null("name", resource.name)
      .field_or_null("description", resource.description)
      .field("url", ckan_resource_url(resource, context.site_url))
      .field_or_null("url_type", resource.url_type)
      .field("format", resource.format)
      .field_or_null("mimetype", resource.mimetype)
      .field_or_null("mimetype_inner", resource.mimetype_inner);
  json.key("size");
  if (resource.size) {
    json.integer(*resource.size);
  } else {
    json.null();
  }
  json.field("hash", resource.hash)
      .field_or_null("resource_type", resource.resource_type)
      .field_or_null("cache_url", cache_url(resource, context.site_url));
  write_time_or_null(json, "cache_last_updated", resource.cache_last_updated);
  json.field("created", core::to_ckan_time(resource.created));
  write_time_or_null(json, "last_modified", resource.last_modified);
  json.field("metadata_modified", core::to_ckan_time(resource.metadata_modified));
  json.key("datastore_active").boolean(context.has_table && context.has_table(resource.id));
  write_resource_extras(json, resource);
  json.end_object();
}

void write_ckan_dataset(JsonWriter& json, const core::Dataset& dataset,
                        const CkanContext& context) {
  json.begin_object()
      .field("id", dataset.id)
      .field("name", dataset.name)
      .field("title", dataset.title.empty() ? dataset.name : dataset.title)
      .field("type", "dataset")
      .field("state", name_of(dataset.state));
  json.key("private").boolean(dataset.is_private);
  json.field_or_null("author", dataset.author)
      .field_or_null("author_email", dataset.author_email)
      .field_or_null("maintainer", dataset.maintainer)
      .field_or_null("maintainer_email", dataset.maintainer_email);
  write_license_fields(json, dataset);
  json.field_or_null("notes", dataset.notes)
      .field_or_null("url", dataset.url)
      .field_or_null("version", dataset.version)
      .field_or_null("creator_user_id", dataset.creator_user_id)
      .field_or_null("owner_org", dataset.owner_org)
      .field("metadata_created", core::to_ckan_time(dataset.created))
      .field("metadata_modified", core::to_ckan_time(dataset.modified));
  // Not one of CKAN's: only drafts have it.
  if (dataset.publish_at) json.field("publish_at", core::to_ckan_time(*dataset.publish_at));
  json.key("num_resources").integer(static_cast<std::int64_t>(dataset.resources.size()));
  json.key("num_tags").integer(static_cast<std::int64_t>(dataset.tags.size()));
  write_organization_stub(json, dataset, context);
  write_group_stubs(json, dataset, context);
  write_dataset_tags(json, dataset);
  write_dataset_extras(json, dataset, context);
  json.key("relationships_as_subject").raw("[]").key("relationships_as_object").raw("[]");
  json.key("resources").begin_array();
  for (const core::Resource& resource : dataset.resources) {
    write_ckan_resource(json, resource, context);
  }
  json.end_array().end_object();
}

}  // namespace minato::formats
