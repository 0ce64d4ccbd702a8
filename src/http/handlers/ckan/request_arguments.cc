#include "http/handlers/ckan/request_arguments.h"

#include <string>
#include <utility>

#include "formats/json.h"
#include "http/error_encoder.h"
#include "http/handlers/ckan/body_window.h"
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
  BodyWindow window(body);
  const auto bytes = window.view(0, body.size);
  if (!bytes) return tl::unexpected(bytes.error());
  return std::string(*bytes);
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

UploadedPart uploaded(FormPart& part, const Body& body) {
  UploadedPart file{
      std::move(part.name), std::move(part.file_name), std::move(part.media_type), {}};
  file.bytes.size = static_cast<std::int64_t>(part.length);
  if (body.spool) {
    file.bytes.fd = body.spool.get();
    file.bytes.offset = static_cast<std::int64_t>(part.offset);
  } else {
    file.bytes.memory = std::string_view(body.memory).substr(part.offset, part.length);
  }
  return file;
}

Checked<ActionInput> from_multipart(const Body& body, std::string_view content_type) {
  auto parts = parse_multipart(body, boundary_of(content_type));
  if (!parts && parts.error().code != core::ErrorCode::kInvalidArgument) {
    return tl::unexpected<Failure>(std::move(parts).error());
  }
  if (!parts) return json_error("Error decoding multipart data. Error: " + explain(parts.error()));
  ActionInput input;
  Params params;
  for (auto& part : *parts) {
    if (!is_valid_utf8(part.name) || !is_valid_utf8(part.text) || !is_valid_utf8(part.file_name)) {
      return json_error("Error decoding multipart data. Error: a part is not UTF-8");
    }
    if (!part.is_file) {
      params.emplace_back(std::move(part.name), std::move(part.text));
    } else if (!part.file_name.empty() || part.length > 0) {
      // A browser sends a file field that was left empty as a file without a name.
      input.files.push_back(uploaded(part, body));
    }
  }
  input.arguments = Arguments::from_params(params);
  return input;
}

Checked<ActionInput> from_body(const Request& request) {
  const std::string* header = request.headers.find("content-type");
  const std::string type = header == nullptr ? std::string() : media_type_of(*header);
  if (type == "multipart/form-data") return from_multipart(request.body, *header);
  if (request.body.size > kMaxActionBody) {
    return tl::unexpected<Failure>(error_of_status(413));
  }
  const auto body = read_body(request.body);
  if (!body) return tl::unexpected<Failure>(body.error());
  auto arguments =
      type == "application/x-www-form-urlencoded" ? from_form(*body) : from_json(*body);
  if (!arguments) return tl::unexpected(std::move(arguments).error());
  return ActionInput{std::move(*arguments), {}};
}

}  // namespace

Checked<ActionInput> read_input(const Request& request, bool side_effect_free) {
  const bool is_post = request.method == "POST";
  if (!is_post && !side_effect_free) {
    return json_error("Invalid request. Please use POST method for your request");
  }
  const bool use_query = side_effect_free && (!is_post || !request.query_params.empty());
  Checked<ActionInput> input = use_query
                                   ? ActionInput{Arguments::from_params(request.query_params), {}}
                                   : from_body(request);
  if (input) input->arguments.remove("callback");
  return input;
}

}  // namespace minato::http::ckan
