// What the handlers of /api/v1 share: JSON replies, and the catalogue as the writers want to see
// it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"
#include "formats/api_json.h"
#include "http/message.h"
#include "service/catalog.h"

namespace minato::http::api_v1 {

Response json_response(std::string body);

// The context looks organizations up in `directory` and keeps it alive.
formats::ApiContext api_context(std::shared_ptr<const service::Directory> directory,
                                const std::string& site_url, core::Language language);

// Request::path percent-encoded again: links are made from it because a target may be in
// absolute-form.
std::string encoded_path(std::string_view path);

// Site, path and query of this request, query in canonical order.
std::string self_link(const Request& request, const std::string& site_url);
// The same with `name` set to `value`, or without it when `value` is empty.
std::string link_with(const Request& request, const std::string& site_url, std::string_view name,
                      const std::string& value);

}  // namespace minato::http::api_v1
