#include "support/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace minato::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

class Socket {
 public:
  explicit Socket(std::uint16_t port, const std::string& host = "127.0.0.1")
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{30, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address = loopback(port);
    if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) return;
    open_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] bool open() const { return open_; }

  bool send_all(const std::string& bytes) const {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t n = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return false;
      sent += static_cast<std::size_t>(n);
    }
    return true;
  }

  [[nodiscard]] std::string receive_all() const {
    std::string all;
    char buffer[65536];
    for (ssize_t n = 0; (n = ::recv(fd_, buffer, sizeof buffer, 0)) > 0;) {
      all.append(buffer, static_cast<std::size_t>(n));
    }
    return all;
  }

 private:
  int fd_;
  bool open_ = false;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool join_chunks(std::string_view text, std::string& body) {
  while (true) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) return false;
    const std::size_t size = std::stoul(std::string(text.substr(0, end)), nullptr, 16);
    text.remove_prefix(end + 2);
    if (size == 0) return true;
    if (text.size() < size + 2) return false;
    body.append(text.substr(0, size));
    text.remove_prefix(size + 2);
  }
}

std::optional<HttpReply> parse(const std::string& text, bool head_only) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos || text.size() < 12) return std::nullopt;
  HttpReply reply;
  reply.status = std::stoi(text.substr(9, 3));
  std::size_t line = text.find("\r\n") + 2;
  while (line < end + 2) {
    const std::size_t stop = text.find("\r\n", line);
    const std::size_t colon = text.find(':', line);
    reply.headers.emplace(lower(text.substr(line, colon - line)),
                          text.substr(colon + 2, stop - colon - 2));
    line = stop + 2;
  }
  const std::string rest = text.substr(end + 4);
  if (reply.header("transfer-encoding") == "chunked") {
    reply.complete = join_chunks(rest, reply.body);
  } else {
    reply.body = rest;
    const std::string length = reply.header("content-length");
    const bool has_no_body = head_only || reply.status == 204 || reply.status == 304;
    reply.complete = has_no_body || (!length.empty() && std::stoull(length) == rest.size());
  }
  return reply;
}

}  // namespace

std::string HttpReply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::optional<HttpReply> http_call(const HttpCall& call) {
  const Socket socket(call.port, call.address);
  if (!socket.open()) return std::nullopt;
  std::string text =
      call.method + " " + call.target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  for (const auto& [name, value] : call.headers) text += name + ": " + value + "\r\n";
  if (!call.body.empty() || call.method == "POST") {
    text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
  }
  if (!socket.send_all(text + "\r\n" + call.body)) return std::nullopt;
  return parse(socket.receive_all(), call.method == "HEAD");
}

std::optional<HttpReply> http_get(std::uint16_t port, const std::string& target) {
  return http_call({port, "GET", target, {}, {}});
}

std::string raw_exchange(std::uint16_t port, const std::string& bytes) {
  const Socket socket(port);
  if (!socket.open() || !socket.send_all(bytes)) return "";
  return socket.receive_all();
}

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  ::bind(fd, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(fd);
  return ntohs(address.sin_port);
}

}  // namespace minato::test
