#include "harvest/fetch/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace minato::harvest {
namespace {

template <std::size_t N>
bool in_any(const std::array<const char*, N>& ranges, const IpAddress& address) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const char* range) {
    return AddressRange::parse(range)->contains(address);
  });
}

constexpr std::array<const char*, 15> kSpecialV4 = {
    "0.0.0.0/8",        // this network
    "10.0.0.0/8",       // private
    "100.64.0.0/10",    // shared with the provider's customers (RFC 6598)
    "127.0.0.0/8",      // loopback
    "169.254.0.0/16",   // link-local; 169.254.169.254 is the clouds' metadata service
    "172.16.0.0/12",    // private
    "192.0.0.0/24",     // protocol assignments
    "192.0.2.0/24",     // documentation
    "192.88.99.0/24",   // 6to4 relays (RFC 7526)
    "192.168.0.0/16",   // private
    "198.18.0.0/15",    // benchmarks
    "198.51.100.0/24",  // documentation
    "203.0.113.0/24",   // documentation
    "224.0.0.0/4",      // multicast
    "240.0.0.0/4",      // reserved, and broadcast
};

constexpr std::array<const char*, 3> kSpecialGlobalV6 = {
    "2001::/23",      // protocol assignments: Teredo, ORCHID, benchmarks
    "2001:db8::/32",  // documentation
    "3fff::/20",      // documentation (RFC 9637)
};

IpAddress v4_at(const IpAddress& address, std::size_t offset) {
  IpAddress v4;
  std::copy_n(address.bytes.begin() + static_cast<std::ptrdiff_t>(offset), 4, v4.bytes.begin());
  return v4;
}

}  // namespace

std::optional<IpAddress> parse_address(std::string_view text) {
  IpAddress address;
  const std::string terminated(text);
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.is_v6 = true;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.is_v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
  return text.data();
}

std::optional<IpAddress> embedded_v4(const IpAddress& address) {
  if (!address.is_v6) return std::nullopt;
  constexpr std::array<const char*, 3> kLastFourBytes = {"::ffff:0:0/96", "::/96", "64:ff9b::/96"};
  if (in_any(kLastFourBytes, address)) return v4_at(address, 12);
  if (AddressRange::parse("2002::/16")->contains(address)) return v4_at(address, 2);
  return std::nullopt;
}

bool is_public(const IpAddress& address) {
  if (!address.is_v6) return !in_any(kSpecialV4, address);
  if (const auto v4 = embedded_v4(address)) return is_public(*v4);
  return AddressRange::parse("2000::/3")->contains(address) && !in_any(kSpecialGlobalV6, address);
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> network = parse_address(text.substr(0, slash));
  if (!network) return std::nullopt;
  const unsigned width = network->is_v6 ? 128 : 32;
  unsigned bits = width;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  }
  if (bits > width) return std::nullopt;
  return AddressRange(*network, bits);
}

bool AddressRange::contains(const IpAddress& address) const {
  if (address.is_v6 != network_.is_v6) return false;
  for (unsigned bit = 0; bit < bits_; bit += 8) {
    const unsigned kept = std::min(bits_ - bit, 8U);
    const unsigned mask = (0xFFU << (8U - kept)) & 0xFFU;
    if (((address.bytes[bit / 8] ^ network_.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

core::Result<AddressGuard> AddressGuard::create(const std::vector<std::string>& allow_networks) {
  AddressGuard guard;
  for (const std::string& text : allow_networks) {
    const std::optional<AddressRange> range = AddressRange::parse(text);
    if (!range) {
      return core::fail(
          core::ErrorCode::kInvalidArgument, "harvest-networks",
          {"harvest.allow_networks の「" + text + "」はネットワークの範囲ではありません。",
           "\"" + text + "\" in harvest.allow_networks is no network range."},
          {"10.0.0.0/8 や fd00::/8 のように CIDR 表記で書いてください。",
           "Write it in CIDR notation, as in 10.0.0.0/8 or fd00::/8."});
    }
    guard.allowed_.push_back(*range);
  }
  return guard;
}

bool AddressGuard::permits(const IpAddress& address) const {
  const auto contains = [](const IpAddress& sought) {
    return [&sought](const AddressRange& range) { return range.contains(sought); };
  };
  if (is_public(address)) return true;
  if (std::any_of(allowed_.begin(), allowed_.end(), contains(address))) return true;
  const std::optional<IpAddress> v4 = embedded_v4(address);
  return v4 && std::any_of(allowed_.begin(), allowed_.end(), contains(*v4));
}

}  // namespace minato::harvest
