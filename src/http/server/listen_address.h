// Where the server listens, checked before anything is started.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.h"

namespace minato::http {

struct ListenAddress {
  std::string host;  // numeric, without brackets
  bool ipv6 = false;
  std::uint16_t port = 0;

  [[nodiscard]] std::string to_string() const;  // "127.0.0.1:8080", "[::1]:8080"
};

// Errors: listen-address-invalid.
core::Result<ListenAddress> parse_listen_address(const std::string& address, std::uint16_t port);

// Binds and lets go again, for a clear error. Errors: listen-address-unavailable,
// listen-address-in-use, listen-permission-denied, listen-failed.
core::Result<void> probe_listen_address(const ListenAddress& address);

// The error listen-failed, with the system's reason.
tl::unexpected<core::Error> listen_failed(const ListenAddress& address, const std::string& reason);

}  // namespace minato::http
