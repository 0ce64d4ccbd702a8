#include "http/server/request_parser.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "http/server/syntax.h"

namespace minato::http {
namespace {

constexpr std::size_t kMaxLeadingEmptyLines = 4;  // RFC 9112 s2.2 asks for at least one

// Everything a target may hold without being able to move a boundary. Raw UTF-8 is let through: the
// router decodes and validates it.
bool is_target(std::string_view target) {
  return !target.empty() && std::all_of(target.begin(), target.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f && c != '#';
  });
}

bool is_host(std::string_view host) {
  constexpr std::string_view kOthers = "-._~%!$&'()*+,;=:[]";
  return std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Refusal parse_version(std::string_view version, Request& request) {
  const bool well_formed = version.size() == 8 && version.starts_with("HTTP/") &&
                           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  if (!well_formed) return {400, "malformed request line"};
  if (version[5] != '1') return {505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  request.http11 = version[7] != '0';
  return {};
}

// RFC 9112 s3.2: a path, a whole URI (whose authority then replaces Host), or "*" for OPTIONS.
Refusal parse_target(std::string_view target, Request& request, std::string_view& authority) {
  if (!is_target(target)) return {400, "malformed request target"};
  if (target.front() == '/' || (target == "*" && request.method == "OPTIONS")) {
    request.target = target;
    return {};
  }
  const std::size_t scheme = target.find("://");
  const auto name = target.substr(0, scheme == target.npos ? 0 : scheme);
  if (!equals_ignoring_case(name, "http") && !equals_ignoring_case(name, "https")) {
    return {400, "malformed request target"};
  }
  const auto rest = target.substr(scheme + 3);
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  authority = rest.substr(0, path);
  if (authority.empty() || !is_host(authority)) return {400, "malformed request target"};
  request.target = path == rest.size() || rest[path] == '?' ? "/" : "";
  request.target += rest.substr(path);
  return {};
}

Refusal parse_request_line(std::string_view line, Request& request, std::string_view& authority) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || last == first) return {400, "malformed request line"};
  const auto method = line.substr(0, first);
  if (!is_token(method)) return {400, "malformed request method"};
  request.method = method;
  // The version first: a request of another protocol is told so whatever its target looks like.
  if (auto refusal = parse_version(line.substr(last + 1), request)) return refusal;
  return parse_target(line.substr(first + 1, last - first - 1), request, authority);
}

// What is counted and remembered while the fields go by.
struct Framing {
  RequestHead& head;
  int hosts = 0;
  int content_lengths = 0;
  int transfer_encodings = 0;
  bool close_asked = false;
  bool keep_alive_asked = false;
};

Refusal read_content_length(std::string_view value, Framing& framing) {
  if (++framing.content_lengths > 1) return {400, "more than one Content-Length"};
  const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
  const auto* const end = value.data() + value.size();
  const auto parsed = std::from_chars(value.data(), end, framing.head.content_length);
  if (!digits || parsed.ec != std::errc{} || parsed.ptr != end) {
    return {400, "malformed Content-Length"};
  }
  return {};
}

Refusal read_transfer_encoding(std::string_view value, Framing& framing) {
  if (++framing.transfer_encodings > 1) return {400, "more than one Transfer-Encoding"};
  if (!equals_ignoring_case(value, "chunked")) {
    return {501, "the only transfer coding known here is chunked"};
  }
  framing.head.chunked = true;
  return {};
}

void read_connection(std::string_view value, Framing& framing) {
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    const auto option = trim_blanks(value.substr(0, comma));
    if (equals_ignoring_case(option, "close")) framing.close_asked = true;
    if (equals_ignoring_case(option, "keep-alive")) framing.keep_alive_asked = true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
}

Refusal read_expect(std::string_view value, Framing& framing) {
  if (!equals_ignoring_case(value, "100-continue")) return {417, "unknown expectation"};
  framing.head.expects_continue = framing.head.request.http11;  // RFC 9110 s10.1.1
  return {};
}

Refusal read_host(std::string_view value, Framing& framing) {
  if (++framing.hosts > 1) return {400, "more than one Host"};
  return is_host(value) ? Refusal{} : Refusal{400, "malformed Host"};
}

// The few fields that framing depends on.
Refusal read_framing_field(std::string_view name, std::string_view value, Framing& framing) {
  switch (name.size()) {
    case 4:
      if (equals_ignoring_case(name, "host")) return read_host(value, framing);
      break;
    case 6:
      if (equals_ignoring_case(name, "expect")) return read_expect(value, framing);
      break;
    case 10:
      if (equals_ignoring_case(name, "connection")) read_connection(value, framing);
      break;
    case 14:
      if (equals_ignoring_case(name, "content-length")) return read_content_length(value, framing);
      break;
    case 17:
      if (equals_ignoring_case(name, "transfer-encoding")) {
        return read_transfer_encoding(value, framing);
      }
      break;
    default:
      break;
  }
  return {};
}

Refusal parse_fields(std::string_view text, const Limits& limits, Framing& framing) {
  std::size_t fields = 0;
  while (text.size() > 2) {  // the last two bytes are the empty line
    const std::size_t end = text.find("\r\n");
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 2);
    if (++fields > limits.max_fields) return {431, "too many header fields"};
    const std::size_t colon = line.find(':');
    // No blank before the colon, no folded lines (RFC 9112 s5.1, s5.2): neither is a token.
    if (colon == line.npos || !is_token(line.substr(0, colon))) {
      return {400, "malformed header field name"};
    }
    const auto value = trim_blanks(line.substr(colon + 1));
    if (!is_field_value(value)) return {400, "control character in a header field"};
    const auto name = line.substr(0, colon);
    if (auto refusal = read_framing_field(name, value, framing)) return refusal;
    framing.head.request.headers.add(std::string(name), std::string(value));
  }
  return {};
}

Refusal check_framing(const Framing& framing) {
  const bool http11 = framing.head.request.http11;
  if (http11 && framing.hosts == 0) return {400, "Host is missing"};
  if (framing.head.chunked && framing.content_lengths > 0) {
    return {400, "Content-Length together with Transfer-Encoding"};
  }
  if (framing.head.chunked && !http11) return {400, "Transfer-Encoding in HTTP/1.0"};
  return {};
}

}  // namespace

HeadScanner::State HeadScanner::refuse(int status, std::string_view what) {
  refusal_ = {status, what};
  return State::kRefused;
}

HeadScanner::State HeadScanner::scan(std::string_view bytes) {
  while (scanned_ < bytes.size()) {
    if (!started_) {
      // Another protocol (a TLS greeting, say) is told at its first byte; so is a carriage return
      // that belongs to no empty line, wherever the bytes are split.
      const char first = bytes[scanned_];
      if (first == '\r' && scanned_ + 1 == bytes.size()) break;
      const bool empty_line = first == '\n' || (first == '\r' && bytes[scanned_ + 1] == '\n');
      if (!empty_line && !is_token_char(first)) return refuse(400, "this is not an HTTP request");
      started_ = !empty_line;
    }
    const auto* const newline = static_cast<const char*>(
        std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_));
    if (newline == nullptr) {
      scanned_ = bytes.size();
      break;
    }
    const auto at = static_cast<std::size_t>(newline - bytes.data());
    scanned_ = at + 1;
    if (const State state = end_of_line(at, bytes); state != State::kMore) return state;
  }
  return check_size(bytes.size());
}

HeadScanner::State HeadScanner::end_of_line(std::size_t newline, std::string_view bytes) {
  if (newline == line_ || bytes[newline - 1] != '\r')
    return refuse(400, "a line ends without CR LF");
  const bool empty = newline == line_ + 1;
  if (empty && !in_fields_) {
    begin_ = newline + 1;
    if (begin_ > 2 * kMaxLeadingEmptyLines) return refuse(400, "too many empty lines");
  } else if (!in_fields_) {
    if (newline - begin_ > limits_->max_request_line_bytes)
      return refuse(414, "request line too long");
    in_fields_ = true;
  }
  line_ = newline + 1;
  if (line_ - begin_ > limits_->max_head_bytes) return refuse(431, "request head too large");
  return empty && in_fields_ ? State::kComplete : State::kMore;
}

HeadScanner::State HeadScanner::check_size(std::size_t size) {
  if (!in_fields_ && size - begin_ > limits_->max_request_line_bytes) {
    return refuse(414, "request line too long");
  }
  if (size - begin_ > limits_->max_head_bytes) return refuse(431, "request head too large");
  return State::kMore;
}

Refusal parse_head(std::string_view text, const Limits& limits, RequestHead& head) {
  const std::size_t end = text.find("\r\n");
  std::string_view authority;
  if (auto refusal = parse_request_line(text.substr(0, end), head.request, authority))
    return refusal;
  Framing framing{head};
  if (auto refusal = parse_fields(text.substr(end + 2), limits, framing)) return refusal;
  // RFC 9112 s9.3: "close" wins wherever it stands.
  head.keep_alive = !framing.close_asked && (head.request.http11 || framing.keep_alive_asked);
  if (!authority.empty()) {
    head.request.headers.set("Host", std::string(authority));  // RFC 9112 s3.2.2
  }
  return check_framing(framing);
}

}  // namespace minato::http
