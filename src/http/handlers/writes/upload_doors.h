// /api/v1/uploads: files that arrive in parts and go on where they stopped. Names of fields are
// those of the IETF's draft-ietf-httpbis-resumable-upload: Upload-Offset, Upload-Length,
// Upload-Complete.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

core::Result<Response> begin_upload(const WriteSources& sources, const Request& request);
core::Result<Response> show_upload(const WriteSources& sources, const Request& request);
core::Result<Response> append_upload(const WriteSources& sources, const Request& request);
core::Result<Response> complete_upload(const WriteSources& sources, const Request& request);
core::Result<Response> remove_upload(const WriteSources& sources, const Request& request);

}  // namespace minato::http::writes
