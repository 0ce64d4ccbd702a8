#include "support/pretend_prefecture/http.h"

#include <algorithm>

namespace minato::pretend {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

const char* phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    default:
      return "Internal Server Error";
  }
}

void read_query(std::string_view text, std::multimap<std::string, std::string>& query) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    query.emplace(percent_decoded(pair.substr(0, equals), true),
                  percent_decoded(pair.substr(std::min(pair.size(), equals + 1)), true));
  }
}

}  // namespace

std::string Request::parameter(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

std::string Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' && plus_is_space ? ' ' : text[i];
    }
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && c != '"' && c != '<' && c != '>' && c != '%') {
      out += c;
    } else {
      out += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
    }
  }
  return out;
}

std::optional<Request> parse_request(std::string_view head) {
  Request request;
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) return std::nullopt;
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  const std::size_t mark = std::min(request.target.find('?'), request.target.size());
  request.path = percent_decoded(std::string_view(request.target).substr(0, mark), false);
  if (mark < request.target.size()) {
    read_query(std::string_view(request.target).substr(mark + 1), request.query);
  }
  std::size_t at = line.size() + 2;
  while (at < head.size()) {
    const std::string_view field = head.substr(at, head.find("\r\n", at) - at);
    at += field.size() + 2;
    const std::size_t colon = field.find(':');
    if (field.empty() || colon == std::string_view::npos) continue;
    std::string_view value = field.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    request.headers[lower(std::string(field.substr(0, colon)))] = value;
  }
  return request;
}

void apply_conditions(const Request& request, Reply& reply) {
  if (reply.status != 200) return;
  const std::string tags = request.header("if-none-match");
  const bool same_tag = !reply.etag.empty() && tags.find(reply.etag) != std::string::npos;
  const bool same_date = tags.empty() && !reply.last_modified.empty() &&
                         request.header("if-modified-since") == reply.last_modified;
  if (!same_tag && !same_date) return;
  reply.status = 304;
  reply.body.clear();
}

std::string head_of(const Reply& reply, std::size_t length, bool keep_alive) {
  std::string head =
      "HTTP/1.1 " + std::to_string(reply.status) + " " + phrase_of(reply.status) + "\r\n";
  const auto field = [&head](std::string_view name, const std::string& value) {
    if (!value.empty()) head.append(name).append(": ").append(value).append("\r\n");
  };
  field("Server", "Apache");
  field("Content-Type", reply.status == 304 ? "" : reply.content_type);
  field("ETag", reply.etag);
  field("Last-Modified", reply.last_modified);
  for (const auto& [name, value] : reply.headers) field(name, value);
  if (reply.status != 304) field("Content-Length", std::to_string(length));
  field("Connection", keep_alive ? "keep-alive" : "close");
  return head + "\r\n";
}

}  // namespace minato::pretend
