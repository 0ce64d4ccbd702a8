// POST /api/v1/tables/{id}/versions and /rows.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

// A file becomes the next version of the resource's tables: 202 and a job.
core::Result<Response> create_version(const WriteSources& sources, const Request& request);
// NDJSON or a JSON list of records: one new version, or nothing.
core::Result<Response> write_rows(const WriteSources& sources, const Request& request);

}  // namespace minato::http::writes
