// The fields a search may name: CKAN's (contract of package_search) and ours. Query parsers use
// this to choose between analysed and exact matching, stores to know what they must answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minato::core {

enum class FieldType {
  kText,     // analysed: kText, kPrefix, kWildcard, kExists
  kString,   // exact, case-sensitive: kEqual, kPrefix, kWildcard, kRange, kExists
  kDate,     // kEqual, kRange, kExists; values are to_ckan_time() texts
  kInteger,  // kEqual, kRange, kExists; values are decimal digits
  kBoolean,  // kEqual; values are "true" and "false"
};

struct SearchField {
  std::string name;
  FieldType type = FieldType::kString;
};

// The field a query means: its canonical name and type. The default field (analysed whole text) is
// the empty name, also reached as "text". "extras_<key>", "res_extras_<key>" and "vocab_<name>" are
// strings. Any other name is CKAN's bare extra: it becomes "extras_<name>".
// Known are CKAN's author, capacity, creator_user_id, dataset_type, entity_type, groups,
// harvest_source_id, harvest_source_title, id, isopen, license_id, maintainer, metadata_created,
// metadata_modified, name, notes, num_resources, num_tags, organization, owner_org, private,
// res_description, res_format, res_name, res_type, res_url, site_id, state, tags, title,
// title_string, type, url, version; and ours: theme (e-Stat code), frequency, municipality (code in
// Dataset::spatial).
SearchField search_field(std::string_view name);

// Sort fields: name, title_string, score, metadata_modified, metadata_created, id, views_recent.
bool is_sort_field(std::string_view name);

}  // namespace minato::core
