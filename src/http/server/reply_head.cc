#include "http/server/reply_head.h"

#include <algorithm>
#include <charconv>

#include "http/server/syntax.h"

namespace minato::http {
namespace {

void append_number(std::uint64_t number, std::string& out) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

// What only the server may say.
bool is_own_field(std::string_view name) {
  switch (name.size()) {
    case 4:
      return equals_ignoring_case(name, "date");
    case 10:
      return equals_ignoring_case(name, "connection") || equals_ignoring_case(name, "keep-alive");
    case 14:
      return equals_ignoring_case(name, "content-length");
    case 17:
      return equals_ignoring_case(name, "transfer-encoding");
    default:
      return false;
  }
}

std::uint64_t length_of(const BodyParts& parts) {
  std::uint64_t length = 0;
  for (const auto& part : parts) {
    if (const auto* bytes = std::get_if<std::string>(&part)) {
      length += bytes->size();
    } else {
      length += std::get<FileSlice>(part).length;
    }
  }
  return length;
}

struct Row {
  int status;
  std::string_view phrase;
};
constexpr Row kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

}  // namespace

std::string_view reason_phrase(int status) {
  const auto* const row = std::find_if(std::begin(kReasons), std::end(kReasons),
                                       [&](const Row& r) { return r.status == status; });
  return row == std::end(kReasons) ? "Unnamed" : row->phrase;
}

std::optional<std::uint64_t> body_length(const Response& response) {
  if (const auto* own = std::get_if<std::string>(&response.body)) return own->size();
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    return *shared ? (*shared)->size() : 0;
  }
  if (const auto* file = std::get_if<FileSlice>(&response.body)) return file->length;
  if (const auto* parts = std::get_if<BodyParts>(&response.body)) return length_of(*parts);
  return std::nullopt;
}

bool is_sendable(const Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  const auto& fields = response.headers.all();
  return std::all_of(fields.begin(), fields.end(), [](const auto& field) {
    return is_token(field.first) && is_field_value(field.second);
  });
}

void write_reply_head(const Response& response, const ReplyFraming& framing, std::string& out) {
  // A server says its own highest version whatever the client spoke (RFC 9112 s2.3).
  out += "HTTP/1.1 ";
  append_number(static_cast<std::uint64_t>(response.status), out);
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += framing.date;
  out += "\r\n";
  if (response.header_block) out += *response.header_block;
  for (const auto& [name, value] : response.headers.all()) {
    if (is_own_field(name)) continue;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  }
  if (framing.body == BodyFraming::kLength) {
    out += "Content-Length: ";
    append_number(framing.length, out);
    out += "\r\n";
  } else if (framing.body == BodyFraming::kChunked) {
    out += "Transfer-Encoding: chunked\r\n";
  }
  if (framing.close) {
    out += "Connection: close\r\n";
  } else if (!framing.http11) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

}  // namespace minato::http
