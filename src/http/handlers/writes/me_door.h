// GET /api/v1/me: whom the token stands for, and what it may do.
#pragma once

#include "http/handlers/writes/write_sources.h"
#include "http/message.h"

namespace minato::http::writes {

// { "user": {"id","name","full_name","email"}, "sysadmin": bool, "scopes": [..] (all, unless the
//   token is limited), "roles": [{"kind": "organization"|"group", "id","name","title","role"}] }
core::Result<Response> show_me(const WriteSources& sources, const Request& request);

}  // namespace minato::http::writes
