#include "cli/listen_address.h"

#include <charconv>

namespace minato::cli {

core::Result<ListenAddress> parse_listen_address(std::string_view text) {
  const auto wrong = [text] {
    const std::string shown(text);
    return core::fail(core::ErrorCode::kInvalidArgument, "listen-address-invalid",
                      {"待ち受けアドレス " + shown + " は HOST:PORT の形ではありません。",
                       "Listen address " + shown + " is not of the form HOST:PORT."},
                      {"例: 127.0.0.1:8080、[::1]:8080", "Examples: 127.0.0.1:8080, [::1]:8080"});
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return wrong();
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  ListenAddress address;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return wrong();
  if (host.front() == '[') {
    if (host.size() < 4 || host.back() != ']') return wrong();
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return wrong();
  }
  address.host = host;
  return address;
}

std::string http_url(const ListenAddress& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  // The unspecified addresses are no place to link to.
  const std::string host =
      address.host == "0.0.0.0" || address.host == "::" ? "localhost" : address.host;
  return "http://" + (ipv6 && host == address.host ? "[" + host + "]" : host) + ":" +
         std::to_string(address.port);
}

}  // namespace minato::cli
