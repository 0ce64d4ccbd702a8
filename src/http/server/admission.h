// Decides whether a new connection may stay. Thread-safe.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace minato::http {

class Admission {
 public:
  struct Caps {
    std::size_t connections = 0;              // 0: none
    std::size_t connections_per_address = 0;  // 0: none
    int descriptors = 0;                      // see DescriptorLimits::sockets
  };
  explicit Admission(Caps caps) : caps_(caps) {}

  // Every enter() is followed by one leave() of the same address, also when it said no.
  [[nodiscard]] bool enter(std::string_view address, int descriptor);
  void leave(std::string_view address);

 private:
  const Caps caps_;
  std::mutex mutex_;
  std::size_t open_ = 0;
  std::unordered_map<std::string, std::size_t> open_by_address_;
};

// What counts as one client: an IPv4 address, or the /64 of an IPv6 address.
[[nodiscard]] std::string client_network(std::string_view address);

}  // namespace minato::http
