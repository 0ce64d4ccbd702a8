#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "http/field_list.h"

namespace minato::http {
namespace {

constexpr std::size_t kMappedPrefix = 12;  // ::ffff:0:0/96
constexpr std::size_t kMaxHops = 50;

tl::unexpected<core::Error> bad_cidr(std::string_view text) {
  return core::fail(core::ErrorCode::kInvalidArgument, "cidr-invalid",
                    {"「" + std::string(text) + "」はアドレス範囲として読めません。",
                     "\"" + std::string(text) + "\" is not an address range."},
                    {"「10.0.0.0/8」や「2001:db8::/32」のように書いてください。",
                     "Write it like \"10.0.0.0/8\" or \"2001:db8::/32\"."});
}

bool in_any(const std::vector<Cidr>& ranges, const IpAddress& address) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Cidr& range) { return range.contains(address); });
}

// Some proxies write "192.0.2.1:4711" and "[2001:db8::1]:4711".
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(0, text.find(']') + 1);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
    return text.substr(0, colon);
  }
  return text;
}

}  // namespace

bool IpAddress::is_ipv4() const {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
         bytes[10] == 0xFF && bytes[11] == 0xFF;
}

bool IpAddress::is_loopback() const {
  if (is_ipv4()) return bytes[kMappedPrefix] == 127;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; }) &&
         bytes[15] == 1;
}

std::optional<IpAddress> parse_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
    if (text.find(':') == std::string_view::npos) return std::nullopt;
  }
  if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string terminated(text);
  IpAddress address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + kMappedPrefix) != 1) {
    return std::nullopt;
  }
  std::fill(address.bytes.begin(), address.bytes.begin() + 10, std::uint8_t{0});
  address.bytes[10] = address.bytes[11] = 0xFF;
  return address;
}

bool Cidr::contains(const IpAddress& address) const {
  const auto whole = static_cast<std::size_t>(prefix / 8);
  if (!std::equal(network.bytes.begin(), network.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin())) {
    return false;
  }
  const int rest = prefix % 8;
  if (rest == 0) return true;
  const int mask = (0xFF << (8 - rest)) & 0xFF;
  return (network.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

core::Result<Cidr> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> network = parse_address(text.substr(0, slash));
  if (!network) return bad_cidr(text);
  const int offset = network->is_ipv4() && text.find(':') == std::string_view::npos ? 96 : 0;
  if (slash == std::string_view::npos) return Cidr{*network, 128};
  const std::string_view digits = text.substr(slash + 1);
  int prefix = -1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || prefix < 0 ||
      prefix + offset > 128) {
    return bad_cidr(text);
  }
  return Cidr{*network, prefix + offset};
}

std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<Cidr>& trusted_proxies) {
  std::string client(peer);
  if (forwarded_for.empty() || trusted_proxies.empty()) return client;
  std::optional<IpAddress> current = parse_address(peer);
  const std::vector<std::string_view> hops = split_list(forwarded_for);
  std::size_t walked = 0;
  for (auto hop = hops.rbegin(); hop != hops.rend() && walked < kMaxHops; ++hop, ++walked) {
    if (!current || !in_any(trusted_proxies, *current)) break;
    const std::string_view text = without_port(*hop);
    current = parse_address(text);
    if (current) client = text.starts_with('[') ? text.substr(1, text.size() - 2) : text;
  }
  return client;
}

}  // namespace minato::http
