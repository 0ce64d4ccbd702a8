// Calls handlers through a route table, without sockets: what the dispatcher does, minus caching,
// coding and limits.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/caller.h"
#include "http/message.h"
#include "http/router.h"

namespace minato::support {

struct RouteReply {
  int status = 0;
  http::Headers headers;
  std::string body;
  std::string operation;  // of the row that answered; empty: no row did (404 or 405)
};

struct RouteCall {
  std::string method = "GET";
  std::string target;
  std::vector<std::pair<std::string, std::string>>
      headers;  // "Accept-Language: en" chooses English
  std::string body;
  core::Caller caller = {};
};

// Errors are encoded in the row's format, with site "https://data.example.jp". Throws
// std::runtime_error when the target itself cannot be read.
RouteReply call_route(const http::RouteTable& table, const RouteCall& call);

}  // namespace minato::support
