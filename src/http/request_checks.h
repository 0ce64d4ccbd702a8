// What a request must fulfil before a handler sees it.
#pragma once

#include <optional>

#include "core/error.h"
#include "http/exchange.h"
#include "http/message.h"

namespace minato::http {

inline constexpr std::uint64_t kIgnoredBodyBytes = 64 * 1024;

// Bodies up to here are read: the row's own limit, or as much as is read and ignored.
[[nodiscard]] std::uint64_t body_limit(const Route& route);

// The row takes any answer the client's Accept allows, or has one of its own among `produces`.
[[nodiscard]] bool is_acceptable(const Route& route, std::string_view accept);

struct RequestRefusal {
  int status = 400;
  core::Error error;
  Headers headers;  // that belong to the status: Accept, WWW-Authenticate
};

// Permission, 413, 415, 406, in this order. REQUIRES: exchange.route.
std::optional<RequestRefusal> check_request(const Exchange& exchange);

}  // namespace minato::http
