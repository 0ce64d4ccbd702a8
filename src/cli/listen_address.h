// "HOST:PORT" as the settings write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::cli {

struct ListenAddress {
  std::string host;  // as the server takes it; brackets of IPv6 removed
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0". Fails with kInvalidArgument
// "listen-address-invalid".
core::Result<ListenAddress> parse_listen_address(std::string_view text);

// For links: http://HOST:PORT.
std::string http_url(const ListenAddress& address);

}  // namespace minato::cli
