#include "support/pretend_prefecture/ckan_dataset_json.h"

namespace minato::pretend {
namespace {

void write_resource(JsonText& json, const Resource& resource, std::int64_t position,
                    const Dataset& dataset) {
  json.begin_object();
  json.key("cache_last_updated").null().key("cache_url").null();
  json.member("created", dataset.created).member("datastore_active", false);
  json.member("description", "").member("format", resource.format).member("hash", "");
  json.member("id", resource.id).member_or_null("last_modified", resource.modified);
  json.member("metadata_modified", dataset.modified);
  json.member_or_null("mimetype", resource.mimetype).key("mimetype_inner").null();
  json.member("name", resource.name).member("package_id", dataset.id);
  json.member("position", position).key("resource_type").null().key("size");
  if (resource.size < 0) {
    json.null();
  } else {
    json.value(resource.size);
  }
  json.member("state", "active").member("url", resource.url).key("url_type");
  if (resource.url.find("/download/") == std::string::npos) {
    json.null();
  } else {
    json.value("upload");
  }
  json.end_object();
}

void write_license(JsonText& json, const License& license) {
  json.member("isopen", license.id.value_or("") == "cc-by").key("license_id");
  if (license.id) {
    json.value(*license.id);
  } else {
    json.null();
  }
  json.member_or_null("license_title", license.title);
  if (!license.url.empty()) json.member("license_url", license.url);
}

void write_tags(JsonText& json, const std::vector<std::string>& tags) {
  json.key("tags").begin_array();
  for (const std::string& tag : tags) {
    json.begin_object().member("display_name", tag).member("id", uuid_of("tag/" + tag));
    json.member("name", tag).member("state", "active").key("vocabulary_id").null().end_object();
  }
  json.end_array();
}

}  // namespace

void write_ckan_organization(JsonText& json, const Organization& organization,
                             const CkanCatalogue& catalogue) {
  json.begin_object().member("id", catalogue.organization_id(organization.name));
  json.member("name", organization.name).member("title", organization.title);
  json.member("type", "organization").member("description", "").member("image_url", "");
  json.member("created", "2019-03-01T09:00:00.000000").member("is_organization", true);
  json.member("approval_status", "approved").member("state", "active").end_object();
}

void write_ckan_dataset(JsonText& json, const Dataset& dataset, const CkanCatalogue& catalogue) {
  json.begin_object().member("author", "").key("author_email").null();
  json.member("creator_user_id", uuid_of(catalogue.profile().code + "/user"));
  json.member("id", dataset.id);
  write_license(json, dataset.license);
  json.member_or_null("maintainer", "").member_or_null("maintainer_email", "");
  json.member("metadata_created", dataset.created).member("metadata_modified", dataset.modified);
  json.member("name", dataset.name).member("notes", dataset.notes);
  json.member("num_resources", static_cast<std::int64_t>(dataset.resources.size()));
  json.member("num_tags", static_cast<std::int64_t>(dataset.tags.size())).key("organization");
  for (const Organization& organization : catalogue.profile().organizations) {
    if (organization.name == dataset.organization) {
      write_ckan_organization(json, organization, catalogue);
    }
  }
  json.member("owner_org", catalogue.organization_id(dataset.organization));
  json.member("private", false).member("state", "active").member("title", dataset.title);
  json.member("type", "dataset").member_or_null("url", dataset.url).key("version").null();
  json.key("extras").begin_array();
  for (const auto& [key, value] : dataset.extras) {
    json.begin_object().member("key", key).member("value", value).end_object();
  }
  json.end_array().key("groups").begin_array().end_array().key("resources").begin_array();
  std::int64_t position = 0;
  for (const Resource& resource : dataset.resources) {
    write_resource(json, resource, position++, dataset);
  }
  json.end_array();
  write_tags(json, dataset.tags);
  json.key("relationships_as_object").begin_array().end_array();
  json.key("relationships_as_subject").begin_array().end_array().end_object();
}

void write_bad_ckan_dataset(JsonText& json, const Dataset& dataset) {
  json.begin_object().member("id", dataset.id).member("name", std::int64_t{5});
  json.key("title").begin_array().value(true).end_array();
  json.member("metadata_modified", dataset.modified).member("resources", "なし").end_object();
}

}  // namespace minato::pretend
