// POST, PATCH, PUT and DELETE of /api/v1/datasets.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

core::Result<Response> create_dataset(const WriteSources& sources, const Request& request);
core::Result<Response> patch_dataset(const WriteSources& sources, const Request& request);
core::Result<Response> replace_dataset(const WriteSources& sources, const Request& request);
core::Result<Response> remove_dataset(const WriteSources& sources, const Request& request);

// An error of DatasetWrites with its pointers as this API names the fields. Those below
// `resource` ("/resources/3") are about that resource's own body.
core::Error in_input_words(core::Error error, std::string_view resource = {});

}  // namespace minato::http::writes
