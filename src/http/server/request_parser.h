// Reads the head of a request (RFC 9112 s2 to s6), strictly: what could be framed in two ways is
// refused, so that no proxy in front of us can see other requests than we do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/server/limits.h"

namespace minato::http {

// Why a request is refused. `status` 0 means it is not. `what` is publishable English of static
// storage.
struct Refusal {
  int status = 0;
  std::string_view what;
  explicit operator bool() const { return status != 0; }
};

// A request's head with what framing needs to know.
struct RequestHead {
  Request request;
  std::uint64_t content_length = 0;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;

  [[nodiscard]] bool has_body() const { return chunked || content_length > 0; }
};

// Finds where the head ends, looking at every byte once however the bytes are split.
class HeadScanner {
 public:
  explicit HeadScanner(const Limits& limits) : limits_(&limits) {}

  enum class State { kMore, kComplete, kRefused };
  // `bytes` is everything from the start of the head; it may only grow between calls.
  State scan(std::string_view bytes);

  [[nodiscard]] std::size_t head_begin() const { return begin_; }  // after ignored empty lines
  [[nodiscard]] std::size_t head_end() const { return scanned_; }  // after the final empty line
  [[nodiscard]] const Refusal& refusal() const { return refusal_; }
  void reset() { *this = HeadScanner(*limits_); }

 private:
  State refuse(int status, std::string_view what);
  State end_of_line(std::size_t newline, std::string_view bytes);
  State check_size(std::size_t size);

  const Limits* limits_;
  std::size_t begin_ = 0;
  std::size_t line_ = 0;     // where the current line begins
  std::size_t scanned_ = 0;  // bytes looked at
  bool started_ = false;
  bool in_fields_ = false;  // the request line is complete
  Refusal refusal_;
};

// Parses a complete head (request line to the empty line, inclusive) into `head`, which must be
// fresh. After a refusal `head` holds what was read so far; the connection must be closed after the
// answer.
Refusal parse_head(std::string_view text, const Limits& limits, RequestHead& head);

}  // namespace minato::http
