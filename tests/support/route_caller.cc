#include "support/route_caller.h"

#include <unistd.h>

#include <stdexcept>
#include <variant>

#include "http/error_encoder.h"
#include "http/url.h"

namespace minato::support {
namespace {

std::string bytes_of(const http::FileSlice& slice) {
  std::string bytes(slice.length, '\0');
  const ssize_t length =
      ::pread(slice.file->get(), bytes.data(), bytes.size(), static_cast<off_t>(slice.offset));
  if (length != static_cast<ssize_t>(slice.length)) throw std::runtime_error("short file slice");
  return bytes;
}

// Everything a stream gives, piece by piece as a server asks for it.
std::string drained(const http::PooledSource& source) {
  std::string whole;
  while (true) {
    std::string piece;
    const auto more = source.pull(piece);
    if (!more) throw std::runtime_error(more.error().id + ": " + more.error().message.en);
    whole += piece;
    if (!*more) return whole;
  }
}

std::string text_of(const http::Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    return **shared;
  }
  if (const auto* slice = std::get_if<http::FileSlice>(&response.body)) return bytes_of(*slice);
  if (const auto* source = std::get_if<http::PooledSource>(&response.body)) return drained(*source);
  throw std::runtime_error("a handler answered with parts or a stream");
}

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().message.en);
  return std::move(*result);
}

http::Request request_of(const RouteCall& call) {
  http::Request request;
  request.method = call.method;
  request.target = call.target;
  for (const auto& [name, value] : call.headers) request.headers.add(name, value);
  const std::string* language = request.headers.find("Accept-Language");
  if (language != nullptr && language->starts_with("en")) request.language = core::Language::kEn;
  request.body.memory = call.body;
  request.body.size = call.body.size();
  request.id = "test-request";
  request.caller = call.caller;
  return request;
}

http::Response answer(const http::RouteTable& table, http::Request& request,
                      std::string& operation) {
  const http::TargetParts parts = value_of(http::split_target(request.target));
  const auto segments = value_of(http::decode_path(parts.path));
  request.query = std::string(parts.query);
  request.query_params = value_of(http::parse_query(parts.query));
  for (const std::string& segment : segments) request.path += "/" + segment;
  http::ErrorContext context;
  context.language = request.language;
  context.site_url = "https://data.example.jp";
  context.request_id = request.id;
  http::RouteMatch match = table.match(request.method, segments);
  if (match.route == nullptr) {
    return http::encode_error(http::error_of_status(match.allowed.empty() ? 404 : 405), context);
  }
  operation = match.route->operation;
  request.path_params = std::move(match.params);
  context.format = match.route->errors;
  auto response = match.route->handler(request);
  return response ? std::move(*response) : http::encode_error(response.error(), context);
}

}  // namespace

RouteReply call_route(const http::RouteTable& table, const RouteCall& call) {
  http::Request request = request_of(call);
  RouteReply reply;
  const http::Response response = answer(table, request, reply.operation);
  reply.status = response.status;
  reply.headers = response.headers;
  reply.body = text_of(response);
  return reply;
}

}  // namespace minato::support
