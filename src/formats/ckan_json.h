// The catalogue in CKAN's dictionaries, key for key as the Action API shows them (api/ckan.md).
// Empty texts are null where CKAN has null and "" where it has "".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/licenses.h"
#include "core/search.h"
#include "formats/json.h"

namespace minato::formats {

// What the dictionaries show beyond the value itself. The functions return nullptr for what does
// not exist; what they point to must stay alive for the call.
struct CkanContext {
  std::string site_url;  // "https://data.example.jp", no slash at the end
  std::function<const core::Group*(std::string_view id_or_name)>
      organization;  // name: 6-digit code
  std::function<const core::Group*(std::string_view id)> group;
  std::function<bool(std::string_view resource_id)> has_table;  // empty: none has
};

// package_show; also each of package_search's results. Japan's fields are extras
// (core/dataset_extras.h), with spatial_text beside them: the names of the municipalities.
void write_ckan_dataset(JsonWriter& json, const core::Dataset& dataset, const CkanContext& context);
// resource_show.
void write_ckan_resource(JsonWriter& json, const core::Resource& resource,
                         const CkanContext& context);

// The keys that group_show and *_list add on request; what is not set is left out.
struct CkanGroupOptions {
  std::optional<std::int64_t> package_count;
  bool include_extras = true;
  bool include_groups = true;  // organizations: the parent; groups: []
  bool include_users = true;
  std::string users = "[]";        // finished JSON: a list of dictionaries
  bool include_followers = true;   // num_followers
  std::string_view capacity = {};  // of somebody in it; written when it is not empty
  const std::vector<core::DatasetPointer>* packages = nullptr;  // written when set
};
// group_show and organization_show, and the elements of their lists with all_fields.
void write_ckan_group(JsonWriter& json, const core::Group& group, const CkanGroupOptions& options,
                      const CkanContext& context);

// {id, name, vocabulary_id, display_name}; tag_show adds "packages" when given.
void write_ckan_tag(JsonWriter& json, const core::Tag& tag);
void write_ckan_tag(JsonWriter& json, const core::Tag& tag,
                    const std::vector<core::DatasetPointer>& packages, const CkanContext& context);
// {id, name, tags}.
void write_ckan_vocabulary(JsonWriter& json, const core::Vocabulary& vocabulary,
                           const std::vector<core::Tag>& tags);
// license_list's element; booleans as CKAN's texts "True" and "False".
void write_ckan_license(JsonWriter& json, const core::License& license);

// The two members "facets" and "search_facets" of package_search's result.
void write_ckan_facets(JsonWriter& json, const std::vector<core::Facet>& facets);

// Where CKAN serves the bytes: "<site>/dataset/<id>/resource/<id>/download/<file name>", the file
// name percent-encoded; of a link: the link, with "http://" in front if it has no scheme.
std::string ckan_resource_url(const core::Resource& resource, std::string_view site_url);

// "神奈川県、横浜市": the dataset's areas by name where we know them, else by code. Shown as the
// extra spatial_text.
std::string ckan_area_names(const core::Dataset& dataset, const CkanContext& context);

// Everything but unreserved characters (RFC 3986 s2.3) becomes %XX.
std::string percent_encode(std::string_view text);

}  // namespace minato::formats
