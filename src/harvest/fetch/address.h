// IP addresses, and which of them a harvester may talk to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::harvest {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // network order; IPv4 uses the first four
  bool is_v6 = false;
};

std::optional<IpAddress> parse_address(std::string_view text);
std::string to_text(const IpAddress& address);

// The IPv4 address that an IPv6 one stands for: IPv4-mapped and -compatible (RFC 4291), 6to4
// (RFC 3056), NAT64 (RFC 6052).
std::optional<IpAddress> embedded_v4(const IpAddress& address);

// Whether it belongs to a host of the public Internet (IANA's special-purpose registries, RFC
// 6890). Private, loopback, link-local, shared, documentation, benchmark, multicast and reserved
// ones do not, nor does an IPv6 address that stands for such an IPv4 one.
bool is_public(const IpAddress& address);

class AddressRange {
 public:
  // "10.0.0.0/8", "fd00::/8", or one address.
  static std::optional<AddressRange> parse(std::string_view text);
  [[nodiscard]] bool contains(const IpAddress& address) const;

 private:
  AddressRange(const IpAddress& network, unsigned bits) : network_(network), bits_(bits) {}
  IpAddress network_;
  unsigned bits_;
};

// Public addresses, and those of the ranges that the operator opened.
class AddressGuard {
 public:
  // Fails with kInvalidArgument "harvest-networks".
  static core::Result<AddressGuard> create(const std::vector<std::string>& allow_networks);
  [[nodiscard]] bool permits(const IpAddress& address) const;

 private:
  std::vector<AddressRange> allowed_;
};

}  // namespace minato::harvest
