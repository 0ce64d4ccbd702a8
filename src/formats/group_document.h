// Organizations, groups and vocabularies as one JSON document each: what the audit log's hashes are
// of, and what an export holds. What is empty is left out; every field is in it.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"

namespace minato::formats {

// { "format": 1, "kind": "organization", "id", "name", "state", "title", "title_kana", "title_en",
//   "description", "image_url", "homepage", "parent": "<id>", "municipality_kind", "county",
//   "latitude", "longitude", "created", "extras": {"key": "value"} }
std::string write_group_document(const core::Group& group);

// { "format": 1, "id", "name", "tags": ["..."] }
std::string write_vocabulary_document(const core::Vocabulary& vocabulary,
                                      const std::vector<core::Tag>& tags);

// { "format": 1, "id", "name", "vocabulary_id" }
std::string write_tag_document(const core::Tag& tag);

}  // namespace minato::formats
