// A plain blocking HTTP/1.1 client for tests: one request, one connection, nothing followed or
// decoded but chunks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace minato::test {

struct HttpReply {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;                                 // chunks joined
  bool complete = false;                            // the whole body came, by its framing

  [[nodiscard]] std::string header(const std::string& name) const;  // first value, or ""
};

struct HttpCall {
  std::uint16_t port = 0;
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string address = "127.0.0.1";
};

// No value when nobody answers. Waits at most 30 s.
std::optional<HttpReply> http_call(const HttpCall& call);
std::optional<HttpReply> http_get(std::uint16_t port, const std::string& target);
// Sends exactly these bytes and returns all that comes until the other side closes (or 30 s pass).
std::string raw_exchange(std::uint16_t port, const std::string& bytes);

// A port that was free a moment ago.
std::uint16_t free_port();

}  // namespace minato::test
