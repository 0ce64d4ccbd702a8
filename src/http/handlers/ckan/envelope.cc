#include "http/handlers/ckan/envelope.h"

#include <utility>

#include "formats/json.h"
#include "http/url.h"

namespace minato::http::ckan {
namespace {

// U+2028 and U+2029 end a line in old JavaScript, inside strings, too.
std::string as_script(std::string_view json) {
  std::string script;
  script.reserve(json.size() + 16);
  std::size_t copied = 0;
  for (auto at = json.find("\xE2\x80"); at != std::string_view::npos;
       at = json.find("\xE2\x80", at + 2)) {
    const char last = at + 2 < json.size() ? json[at + 2] : '\0';
    if (last != '\xA8' && last != '\xA9') continue;
    script.append(json.substr(copied, at - copied));
    script.append(last == '\xA8' ? "\\u2028" : "\\u2029");
    copied = at + 3;
  }
  script.append(json.substr(copied));
  return script;
}

}  // namespace

std::string begin_success(std::string_view site_url, std::string_view action) {
  std::string body = "{\"help\":";
  formats::append_json_string(
      body, std::string(site_url) + "/api/3/action/help_show?name=" + percent_encode(action));
  body += ",\"success\":true,\"result\":";
  return body;
}

Response json_reply(std::string body) {
  Response response;
  response.headers.set("Content-Type", std::string(kJsonType));
  response.body = std::move(body);
  return response;
}

core::Result<Response> answer_failure(const Failure& failure, std::string_view site_url,
                                      std::string_view action) {
  if (const auto* error = std::get_if<core::Error>(&failure)) return tl::unexpected(*error);
  if (const auto* bad = std::get_if<BadRequest>(&failure)) {
    return encode_ckan_string(400, "Bad request: " + bad->text);
  }
  ErrorContext context;
  context.format = ErrorFormat::kCkan;
  context.language = core::Language::kEn;
  context.site_url = site_url;
  context.action = action;
  return encode_ckan_envelope(std::get<CkanError>(failure), context);
}

bool is_callback(std::string_view name) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$";
  return !name.empty() && name.size() <= 100 &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

Response jsonp_reply(std::string_view callback, std::string_view json) {
  Response response;
  response.headers.set("Content-Type", "application/javascript;charset=utf-8");
  response.body = std::string(callback) + "(" + as_script(json) + ");";
  return response;
}

}  // namespace minato::http::ckan
