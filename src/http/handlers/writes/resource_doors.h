// POST /api/v1/datasets/{id}/resources; GET, PATCH and DELETE of /api/v1/resources/{id}.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

core::Result<Response> create_resource(const WriteSources& sources, const Request& request);
core::Result<Response> show_resource(const WriteSources& sources, const Request& request);
core::Result<Response> patch_resource(const WriteSources& sources, const Request& request);
core::Result<Response> remove_resource(const WriteSources& sources, const Request& request);

}  // namespace minato::http::writes
