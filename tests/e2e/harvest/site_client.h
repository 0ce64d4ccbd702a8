// Asks the sites of the pretend prefecture.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/http_client.h"

namespace minato::test {

// `url` is http://ADDRESS:PORT/...; throws when nobody answers.
inline HttpReply ask(const std::string& url,
                     std::vector<std::pair<std::string, std::string>> headers = {},
                     const std::string& method = "GET") {
  const std::size_t host = url.find("//") + 2;
  const std::size_t colon = url.find(':', host);
  const std::size_t slash = std::min(url.find('/', host), url.size());
  HttpCall call;
  call.method = method;
  call.address = url.substr(host, colon - host);
  call.port = static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1, slash - colon - 1)));
  call.target = slash == url.size() ? "/" : url.substr(slash);
  call.headers = std::move(headers);
  auto reply = http_call(call);
  if (!reply) throw std::runtime_error("no answer from " + url);
  return *reply;
}

}  // namespace minato::test
