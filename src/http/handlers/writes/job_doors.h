// /api/v1/jobs: files on their way to become tables.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

core::Result<Response> list_jobs(const WriteSources& sources, const Request& request);
core::Result<Response> show_job(const WriteSources& sources, const Request& request);
core::Result<Response> confirm_job(const WriteSources& sources, const Request& request);
core::Result<Response> cancel_job(const WriteSources& sources, const Request& request);

}  // namespace minato::http::writes
