// A dataset as one JSON document: dataset.json of the shipped folders (written by people, checked
// against schemas/metadata/dataset.schema.json) and storage::Origin::document (written by us, every
// field).
//
//   { "format": 1,                       version of this shape; may be left out: 1
//     "name", "title", "title_kana", "title_en", "notes", "notes_en",
//     "owner_org": "140007", "license_id", "tags": ["..."], "themes": ["13"], "frequency",
//     "language", "temporal": {"start","end"}, "spatial": ["140007"], "contact":
//     {"name","email","url","phone"}, "url", "version", "author", "author_email", "maintainer",
//     "maintainer_email", "groups": ["..."], "extras": {"key": "value"}, "sources":
//     [{"document","section"}],   kept as the extra "source" (the list as JSON text) "resources":
//     [{"name", "description", "format", "mimetype", "language", "encoding",
//                    "path": "data.csv" (a file in the folder) or "url": "https://...",
//                    "schema": "tableschema.json", "license_id", "extras": {}}] }
// Besides, as we write it: "id", "created", "modified", "state", "private", "publish_at",
// "creator_user_id", tags as {"id","name","vocabulary_id"}, and of resources "id", "state", "url_type",
// "mimetype_inner", "size", "hash", "resource_type", "cache_url", "cache_last_updated", "created",
// "last_modified", "metadata_modified", "blob", "columns":
// [{"name","title","type","unit","description"}].
//
// A resource with "path" becomes url = path, url_type = "upload"; "schema", "encoding" and
// "language" become extras of the resource, which the loader reads. owner_org and groups are taken
// as they are: the loader turns names into ids.
#pragma once

#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"
#include "formats/json.h"

namespace minato::formats {

// Fails with the errors of parse_json(), or with kInvalidArgument "dataset-document" and one detail
// per bad field (JSON Pointer): wrong types, unknown keys, unknown theme or frequency. Names and
// sizes are not checked here: core::check_dataset() does.
core::Result<core::Dataset> parse_dataset_document(std::string_view json);
// parse_dataset_document() of it gives an equal dataset.
std::string write_dataset_document(const core::Dataset& dataset);

}  // namespace minato::formats
