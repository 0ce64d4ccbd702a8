#include "http/handlers/ckan/request_arguments.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "formats/json.h"
#include "http/handlers/ckan/multipart.h"
#include "http/negotiation.h"
#include "http/url.h"

namespace minato::http::ckan {
namespace {

constexpr int kMaxDepth = 32;

tl::unexpected<Failure> json_error(std::string text) {
  return tl::unexpected<Failure>(BadRequest{"JSON Error: " + std::move(text)});
}

core::Result<std::string> read_body(const Body& body) {
  if (!body.spool) return body.memory;
  std::string bytes(body.size, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::pread(body.spool.get(), bytes.data() + have, bytes.size() - have,
                                static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return core::fail_internal("cannot read a spooled request body");
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

Checked<Arguments> from_json(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Arguments();
  auto parsed = formats::parse_json(text, {kMaxActionBody, kMaxDepth});
  if (!parsed) return json_error("Error decoding JSON data. Error: " + explain(parsed.error()));
  if (!parsed->IsObject()) {
    std::string shown;
    formats::JsonWriter(shown).value(*parsed);
    return json_error("Request data JSON decoded to " + shortened(shown) +
                      " but it needs to be a dictionary.");
  }
  return Arguments(std::move(*parsed));
}

bool looks_like_json(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && (text[begin] == '{' || text[begin] == '[');
}

// curl sends JSON under this type unless told otherwise, so a body that is JSON is taken as JSON:
// as it stands, or percent-encoded as the only key.
Checked<Arguments> from_form(std::string_view body) {
  if (looks_like_json(body)) return from_json(body);
  const auto params = parse_query(body, {kMaxActionBody, 1000});
  if (!params) return json_error("Error decoding form data. Error: " + explain(params.error()));
  if (params->size() == 1) {
    const auto& [key, value] = params->front();
    if (value.empty() || (value == "1" && looks_like_json(key))) return from_json(key);
  }
  return Arguments::from_params(*params);
}

Checked<Arguments> from_multipart(std::string_view body, std::string_view content_type) {
  const auto parts = parse_multipart(body, boundary_of(content_type));
  if (!parts) return json_error("Error decoding multipart data. Error: " + explain(parts.error()));
  Params params;
  for (const auto& part : *parts) {
    // No action takes files yet; a file's field is known by the name of the file.
    std::string value = part.is_file ? part.file_name : std::string(part.content);
    if (!is_valid_utf8(part.name) || !is_valid_utf8(value)) {
      return json_error("Error decoding multipart data. Error: a part is not UTF-8");
    }
    params.emplace_back(part.name, std::move(value));
  }
  return Arguments::from_params(params);
}

Checked<Arguments> from_body(const Request& request) {
  const auto body = read_body(request.body);
  if (!body) return tl::unexpected<Failure>(body.error());
  const std::string* header = request.headers.find("content-type");
  const std::string type = header == nullptr ? std::string() : media_type_of(*header);
  if (type == "application/x-www-form-urlencoded") return from_form(*body);
  if (type == "multipart/form-data") return from_multipart(*body, *header);
  return from_json(*body);
}

}  // namespace

Checked<Arguments> read_arguments(const Request& request, bool side_effect_free) {
  const bool is_post = request.method == "POST";
  if (!is_post && !side_effect_free) {
    return json_error("Invalid request. Please use POST method for your request");
  }
  const bool use_query = side_effect_free && (!is_post || !request.query_params.empty());
  auto arguments = use_query ? Arguments::from_params(request.query_params) : from_body(request);
  if (arguments) arguments->remove("callback");
  return arguments;
}

}  // namespace minato::http::ckan
