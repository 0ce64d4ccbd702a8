// What a pretend site is asked, what it answers, and how badly it does so.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace minato::pretend {

struct Request {
  std::string method;
  std::string target;  // as sent
  std::string path;    // decoded
  std::multimap<std::string, std::string> query;
  std::map<std::string, std::string> headers;  // names in lower case

  [[nodiscard]] std::string parameter(const std::string& name) const;  // first, or ""
  [[nodiscard]] std::string header(const std::string& name) const;
};

// How the reply goes over the wire.
enum class Manner {
  kProper,
  kDrip,         // a byte now and then
  kTruncated,    // closes before Content-Length is reached
  kWrongLength,  // Content-Length is smaller than the body
  kHang,         // nothing at all, until the other side gives up
};

struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=UTF-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string etag;
  std::string last_modified;
  Manner manner = Manner::kProper;
};

using Answer = std::function<Reply(const Request&)>;

// No value when it is not HTTP.
std::optional<Request> parse_request(std::string_view head);
std::string head_of(const Reply& reply, std::size_t length, bool keep_alive);
// Turns a 200 into a 304 when the request holds the same validators.
void apply_conditions(const Request& request, Reply& reply);

std::string percent_decoded(std::string_view text, bool plus_is_space);
std::string percent_encoded(std::string_view text);

}  // namespace minato::pretend
