// Answers of the Action API as replies: the success envelope, JSONP, and failures.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "http/handlers/ckan/failure.h"
#include "http/message.h"

namespace minato::http::ckan {

inline constexpr std::string_view kJsonType = "application/json;charset=utf-8";

// {"help": ..., "success": true, "result":  — the result and a "}" follow.
std::string begin_success(std::string_view site_url, std::string_view action);

Response json_reply(std::string body);

// CKAN's envelope or string of a failure; a core::Error is handed on for the dispatcher to answer.
core::Result<Response> answer_failure(const Failure& failure, std::string_view site_url,
                                      std::string_view action);

// A JSONP callback may be 1 to 100 of A-Z a-z 0-9 _ . $, so that it can only ever name a function.
bool is_callback(std::string_view name);
// The body of a JSON reply as a script: callback(...);
Response jsonp_reply(std::string_view callback, std::string_view json);

}  // namespace minato::http::ckan
