// What the actions that write datasets and resources have in common.
#pragma once

#include <optional>
#include <string>

#include "formats/ckan_input/ckan_input.h"
#include "http/handlers/ckan/rendering.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

// 400 "Integrity Error" when lists of the dictionary hold something else than objects.
Outcome check_shape(const rapidjson::Value& dict);

// How the caller's dictionaries are read. Keeps a reference to `shown`.
formats::CkanInput input_of(const WriteCall& call, const Rendering& shown,
                            formats::AbsentKeys absent);

// The dataset as package_show shows it now.
Outcome write_dataset(WriteCall& call, formats::JsonWriter& json, const core::Dataset& dataset);
// The same as a dictionary on its own.
std::string dataset_text(const core::Dataset& dataset, const formats::CkanContext& context);

// "id", or "name" when there is none; Validation Error "id": "Missing value" without either.
Checked<std::string> id_or_name(const Arguments& arguments);

}  // namespace minato::http::ckan
