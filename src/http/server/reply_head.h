// Writes the status line and header fields of a reply (RFC 9112 s4, s6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace minato::http {

enum class BodyFraming {
  kNone,        // no body and no length: 1xx, 204, 304, HEAD of unknown length
  kLength,      // Content-Length
  kChunked,     // unknown length, HTTP/1.1
  kUntilClose,  // unknown length, HTTP/1.0
};

struct ReplyFraming {
  bool http11 = true;
  bool close = false;
  BodyFraming body = BodyFraming::kLength;
  std::uint64_t length = 0;
  std::string_view date;  // IMF-fixdate
};

// "OK" for 200; never empty.
[[nodiscard]] std::string_view reason_phrase(int status);

// Nothing when it is a source.
[[nodiscard]] std::optional<std::uint64_t> body_length(const Response& response);

// False when a field could split the reply (CR, LF, NUL, a name that is no token), or the status is
// not a final one: such a response must not be sent.
[[nodiscard]] bool is_sendable(const Response& response);

// Appends the head to `out`. Fields that belong to the server are left out of response.headers.
void write_reply_head(const Response& response, const ReplyFraming& framing, std::string& out);

}  // namespace minato::http
