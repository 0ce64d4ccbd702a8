#include "e2e/server/client_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace minato::http {

ClientSocket::ClientSocket(std::uint16_t port, std::chrono::milliseconds patience)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit{patience.count() / 1000, patience.count() % 1000 * 1000};
  const int one = 1;
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ =
      ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool ClientSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool ClientSocket::more() {
  if (used_ > 0) buffer_.erase(0, std::exchange(used_, 0));
  const std::size_t size = buffer_.size();
  buffer_.resize(size + 64 * 1024);
  const auto got = ::recv(socket_.get(), buffer_.data() + size, 64 * 1024, 0);
  buffer_.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return got > 0;
}

bool ClientSocket::fill(std::size_t bytes) {
  while (buffer_.size() - used_ < bytes) {
    if (!more()) return false;
  }
  return true;
}

std::optional<WireReply> ClientSocket::read(bool head_only) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n", used_)) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  WireReply reply;
  reply.head = buffer_.substr(used_, end + 4 - used_);
  used_ = end + 4;
  std::from_chars(reply.head.data() + 9, reply.head.data() + 12, reply.status);
  if (reply.status < 200) return read(head_only);
  if (head_only || reply.status == 204 || reply.status == 304) return reply;
  if (reply.head.find("Transfer-Encoding: chunked") != std::string::npos) {
    return read_chunks(reply.body) ? std::optional(std::move(reply)) : std::nullopt;
  }
  constexpr std::string_view kLength = "Content-Length: ";
  const auto at = reply.head.find(kLength);
  std::size_t length = 0;
  if (at == std::string::npos) return std::nullopt;
  std::from_chars(reply.head.data() + at + kLength.size(), reply.head.data() + reply.head.size(),
                  length);
  if (!fill(length)) return std::nullopt;
  reply.body.assign(buffer_, used_, length);
  used_ += length;
  return reply;
}

bool ClientSocket::read_chunks(std::string& body) {
  for (;;) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n", used_)) == std::string::npos) {
      if (!more()) return false;
    }
    std::size_t size = 0;
    std::from_chars(buffer_.data() + used_, buffer_.data() + end, size, 16);
    used_ = end + 2;
    if (!fill(size + 2)) return false;
    body.append(buffer_, used_, size);
    used_ += size + 2;
    if (size == 0) return true;
  }
}

std::optional<WireReply> ClientSocket::ask(std::string_view request) {
  if (!send(request)) return std::nullopt;
  return read();
}

std::string ClientSocket::read_to_end() {
  while (more()) {
  }
  used_ = 0;
  return std::exchange(buffer_, {});
}

std::uint64_t ClientSocket::skip(std::uint64_t bytes) {
  std::uint64_t skipped = std::min<std::uint64_t>(bytes, buffer_.size() - used_);
  used_ += skipped;
  std::vector<char> waste(1 << 20);
  while (skipped < bytes) {
    const auto size = std::min<std::uint64_t>(waste.size(), bytes - skipped);
    const auto got = ::recv(socket_.get(), waste.data(), size, 0);
    if (got <= 0) break;
    skipped += static_cast<std::uint64_t>(got);
  }
  return skipped;
}

bool ClientSocket::ended() {
  char byte = 0;
  const auto got = ::recv(socket_.get(), &byte, 1, MSG_PEEK);
  return got == 0 || (got < 0 && errno != EAGAIN);
}

void ClientSocket::shut_write() { ::shutdown(socket_.get(), SHUT_WR); }

void ClientSocket::abort() {
  const linger reset{1, 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  socket_ = FileDescriptor();
}

std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

}  // namespace minato::http
