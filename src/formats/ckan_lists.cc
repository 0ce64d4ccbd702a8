// The part of ckan_json.h about groups, tags, vocabularies, licences and facets.
#include <algorithm>

#include "core/dataset_extras.h"
#include "formats/ckan_json.h"

namespace minato::formats {
namespace {

void write_members(JsonWriter& json, const core::Tag& tag) {
  json.field("id", tag.id)
      .field("name", tag.name)
      .field_or_null("vocabulary_id", tag.vocabulary_id)
      .field("display_name", tag.name);
}

void write_packages(JsonWriter& json, const std::vector<core::DatasetPointer>& packages,
                    const CkanContext& context) {
  json.key("packages").begin_array();
  for (const auto& dataset : packages) write_ckan_dataset(json, *dataset, context);
  json.end_array();
}

// CKAN shows the organizations above this one as its groups.
void write_parents(JsonWriter& json, const core::Group& group, const CkanContext& context) {
  const core::Group* parent =
      group.parent.empty() || !context.organization ? nullptr : context.organization(group.parent);
  json.key("groups").begin_array();
  if (parent != nullptr) {
    json.begin_object()
        .field("id", parent->id)
        .field("name", parent->name)
        .field("title", parent->title)
        .field("display_name", parent->title.empty() ? parent->name : parent->title)
        .field("capacity", "public")
        .end_object();
  }
  json.end_array();
}

void write_options(JsonWriter& json, const core::Group& group, const CkanGroupOptions& options,
                   const CkanContext& context) {
  if (options.package_count) json.key("package_count").integer(*options.package_count);
  if (options.include_followers) json.key("num_followers").integer(0);
  if (options.include_extras) {
    json.key("extras").begin_array();
    for (const core::Extra& extra : core::extras_with_fields(group)) {
      json.begin_object()
          .field("key", extra.key)
          .field("value", extra.value)
          .field("state", "active")
          .end_object();
    }
    json.end_array();
  }
  if (options.include_groups) write_parents(json, group, context);
  if (options.include_users) json.key("users").raw(options.users);
  if (!options.capacity.empty()) json.field("capacity", options.capacity);
  if (options.packages != nullptr) write_packages(json, *options.packages, context);
}

std::string_view python_boolean(bool value) { return value ? "True" : "False"; }

}  // namespace

void write_ckan_group(JsonWriter& json, const core::Group& group, const CkanGroupOptions& options,
                      const CkanContext& context) {
  const bool is_organization = group.kind == core::GroupKind::kOrganization;
  const std::string& title = group.title.empty() ? group.name : group.title;
  json.begin_object()
      .field("id", group.id)
      .field("name", group.name)
      .field("title", group.title)
      .field("display_name", title)
      .field("description", group.description)
      .field("image_url", group.image_url)
      .field("image_display_url", group.image_url)
      .field("type", is_organization ? "organization" : "group")
      .field("created", core::to_ckan_time(group.created));
  json.key("is_organization").boolean(is_organization);
  json.field("approval_status", "approved")
      .field("state", group.state == core::State::kActive ? "active" : "deleted");
  write_options(json, group, options, context);
  json.end_object();
}

void write_ckan_tag(JsonWriter& json, const core::Tag& tag) {
  json.begin_object();
  write_members(json, tag);
  json.end_object();
}

void write_ckan_tag(JsonWriter& json, const core::Tag& tag,
                    const std::vector<core::DatasetPointer>& packages, const CkanContext& context) {
  json.begin_object();
  write_members(json, tag);
  write_packages(json, packages, context);
  json.end_object();
}

void write_ckan_vocabulary(JsonWriter& json, const core::Vocabulary& vocabulary,
                           const std::vector<core::Tag>& tags) {
  json.begin_object().field("id", vocabulary.id).field("name", vocabulary.name);
  json.key("tags").begin_array();
  for (const core::Tag& tag : tags) write_ckan_tag(json, tag);
  json.end_array().end_object();
}

void write_ckan_license(JsonWriter& json, const core::License& license) {
  json.begin_object()
      .field("id", license.id)
      .field("title", license.title.ja)
      .field("url", license.url)
      .field("status", license.status)
      .field("family", license.family)
      .field("maintainer", license.maintainer)
      .field("domain_content", python_boolean(license.domain_content))
      .field("domain_data", python_boolean(license.domain_data))
      .field("domain_software", python_boolean(license.domain_software))
      .field("is_generic", python_boolean(license.is_generic))
      .field("od_conformance", license.od_conformance)
      .field("osd_conformance", license.osd_conformance)
      .end_object();
}

void write_ckan_facets(JsonWriter& json, const std::vector<core::Facet>& facets) {
  json.key("facets").begin_object();
  for (const core::Facet& facet : facets) {
    json.key(facet.field).begin_object();
    for (const core::FacetValue& value : facet.values) json.key(value.value).integer(value.count);
    json.end_object();
  }
  json.end_object();
  json.key("search_facets").begin_object();
  for (const core::Facet& facet : facets) {
    json.key(facet.field).begin_object().field("title", facet.field).key("items").begin_array();
    std::vector<const core::FacetValue*> items;
    for (const core::FacetValue& value : facet.values) items.push_back(&value);
    // CKAN sorts these by display name, last first, and clients rely on it.
    std::stable_sort(items.begin(), items.end(), [](const auto* a, const auto* b) {
      return (a->title.empty() ? a->value : a->title) > (b->title.empty() ? b->value : b->title);
    });
    for (const core::FacetValue* item : items) {
      json.begin_object()
          .field("name", item->value)
          .field("display_name", item->title.empty() ? item->value : item->title);
      json.key("count").integer(item->count).end_object();
    }
    json.end_array().end_object();
  }
  json.end_object();
}

}  // namespace minato::formats
