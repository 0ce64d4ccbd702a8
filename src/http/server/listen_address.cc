#include "http/server/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "http/message.h"

namespace minato::http {
namespace {

core::Result<void> try_bind(int fd, const ListenAddress& address) {
  const int one = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (address.ipv6) {
    auto* const v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    ::inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr);
    size = sizeof *v6;
  } else {
    auto* const v4 = reinterpret_cast<sockaddr_in*>(&storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    ::inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr);
    size = sizeof *v4;
  }
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&storage), size) == 0) return {};
  const std::string where = address.to_string();
  switch (errno) {
    case EADDRINUSE:
      return core::fail(
          core::ErrorCode::kConflict, "listen-address-in-use",
          {where + " は別のプログラムが使用しています。", where + " is already in use."},
          {"そのプログラムを終了するか、別のポートを指定してください。",
           "Stop the other program, or choose another port."});
    case EACCES:
      return core::fail(
          core::ErrorCode::kPermissionDenied, "listen-permission-denied",
          {where + " を開く権限がありません。", "No permission to listen on " + where + "."},
          {"1024 以上のポートを指定するか、CAP_NET_BIND_SERVICE を与えてください。",
           "Choose a port from 1024 on, or grant CAP_NET_BIND_SERVICE."});
    case EADDRNOTAVAIL:
      return core::fail(core::ErrorCode::kInvalidArgument, "listen-address-unavailable",
                        {where + " はこの機械のアドレスではありません。",
                         where + " is not an address of this machine."},
                        {"127.0.0.1、::1、0.0.0.0、:: またはこの機械のアドレスを指定してください。",
                         "Use 127.0.0.1, ::1, 0.0.0.0, :: or an address of this machine."});
    default:
      return listen_failed(address, std::strerror(errno));
  }
}

}  // namespace

tl::unexpected<core::Error> listen_failed(const ListenAddress& address, const std::string& reason) {
  const std::string where = address.to_string();
  return core::fail(core::ErrorCode::kInternal, "listen-failed",
                    {where + " で待ち受けを開始できません: " + reason,
                     "Cannot listen on " + where + ": " + reason},
                    {"アドレスとポート、開けるファイル数の上限 (ulimit -n) を確認してください。",
                     "Check the address, the port and the limit of open files (ulimit -n)."});
}

std::string ListenAddress::to_string() const {
  return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

core::Result<ListenAddress> parse_listen_address(const std::string& address, std::uint16_t port) {
  std::string host = address == "localhost" ? "127.0.0.1" : address;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  in6_addr parsed{};  // room for both families
  if (::inet_pton(AF_INET, host.c_str(), &parsed) == 1) return ListenAddress{host, false, port};
  if (::inet_pton(AF_INET6, host.c_str(), &parsed) == 1) return ListenAddress{host, true, port};
  return core::fail(core::ErrorCode::kInvalidArgument, "listen-address-invalid",
                    {"待ち受けアドレス「" + address + "」は IP アドレスではありません。",
                     "The listen address \"" + address + "\" is not an IP address."},
                    {"127.0.0.1 や ::1 のような数字のアドレスを指定してください。",
                     "Give a numeric address such as 127.0.0.1 or ::1."});
}

core::Result<void> probe_listen_address(const ListenAddress& address) {
  const FileDescriptor socket(
      ::socket(address.ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return listen_failed(address, std::strerror(errno));
  return try_bind(socket.get(), address);
}

}  // namespace minato::http
