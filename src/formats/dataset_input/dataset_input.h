// Datasets and resources as clients of /api/v1 write them: the shape that GET shows (api_json.h),
// or shorter ("organization": "141003" for {"name": "141003", ...}). What only the catalogue says
// (id, url, created, modified, links, provenance, ...) is passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/names.h"
#include "formats/json.h"

namespace minato::formats {

enum class InputMode {
  // Members that are absent are cleared, but for state, private, publish_at and resources.
  kWhole,
  // RFC 7396: only the members given are changed; null clears.
  kPatch,
};

struct InputContext {
  InputMode mode = InputMode::kWhole;
  std::string site_url;
};

// A resource that shall have the bytes of an upload.
struct GivenUpload {
  std::size_t resource = 0;  // its place in the dataset
  std::string id;            // of the upload
};

// REQUIRES: valid by schemas/metadata/dataset-input.schema.json. `dataset` is as it is now; a
// resource of the input with an id is one of it, whose absent members stay. owner_org and groups
// get names or ids, as given.
std::vector<GivenUpload> read_dataset_input(const rapidjson::Value& input,
                                            const InputContext& context, core::Dataset& dataset,
                                            core::ErrorDetails& wrongs);

// REQUIRES: valid by resource-input.schema.json. Absent members stay as they are. Gives the id of
// the upload; empty: none.
std::string read_resource_input(const rapidjson::Value& input, const InputContext& context,
                                core::Resource& resource);

// Ids of uploads that a dataset's, or a resource's, input names, in order.
std::vector<std::string> uploads_of(const rapidjson::Value& input);

// The JSON Pointer into an input of a pointer to a field of core::Dataset: "/owner_org" is
// "/organization".
std::string input_pointer(std::string_view field);

}  // namespace minato::formats
