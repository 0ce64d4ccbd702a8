#include "http/server/admission.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

namespace minato::http {

bool Admission::enter(std::string_view address, int descriptor) {
  const std::lock_guard lock(mutex_);
  ++open_;
  std::size_t of_address = 0;
  if (caps_.connections_per_address > 0) of_address = ++open_by_address_[client_network(address)];
  return (caps_.connections == 0 || open_ <= caps_.connections) &&
         of_address <= caps_.connections_per_address && descriptor < caps_.descriptors;
}

void Admission::leave(std::string_view address) {
  const std::lock_guard lock(mutex_);
  --open_;
  if (caps_.connections_per_address == 0) return;
  const auto found = open_by_address_.find(client_network(address));
  if (found != open_by_address_.end() && --found->second == 0) open_by_address_.erase(found);
}

std::string client_network(std::string_view address) {
  const std::string text(address);
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  std::fill(std::begin(parsed.s6_addr) + 8, std::end(parsed.s6_addr), std::uint8_t{0});
  char network[INET6_ADDRSTRLEN];
  ::inet_ntop(AF_INET6, &parsed, network, sizeof network);
  return network;
}

}  // namespace minato::http
