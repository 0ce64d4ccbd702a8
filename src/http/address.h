// Addresses of clients: IPv4 as mapped IPv6, so that one form serves limits, lists and logs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::http {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const IpAddress&) const = default;
  [[nodiscard]] bool is_ipv4() const;
  [[nodiscard]] bool is_loopback() const;
};

// "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; nothing else (no port, no zone).
std::optional<IpAddress> parse_address(std::string_view text);

struct Cidr {
  IpAddress network;
  int prefix = 128;  // of 128 bits; an IPv4 /8 is 104
  [[nodiscard]] bool contains(const IpAddress& address) const;
};

// "10.0.0.0/8", "2001:db8::/32", or one address. Fails (id "cidr-invalid") on anything else.
core::Result<Cidr> parse_cidr(std::string_view text);

// Who really asks: `peer`, or, when a trusted proxy sent this, the rightmost address of
// X-Forwarded-For that is not a trusted proxy itself. A malformed member ends the walk there: the
// last trusted hop counts.
[[nodiscard]] std::string client_address(std::string_view peer, std::string_view forwarded_for,
                                         const std::vector<Cidr>& trusted_proxies);

}  // namespace minato::http
