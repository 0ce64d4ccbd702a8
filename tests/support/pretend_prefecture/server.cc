#include "support/pretend_prefecture/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <system_error>

namespace minato::pretend {
namespace {

constexpr std::size_t kMaxHead = 65'536;

sockaddr_in address_of(const Server::Listening& listening) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(listening.port);
  if (::inet_pton(AF_INET, listening.address.c_str(), &address.sin_addr) != 1) {
    throw std::runtime_error("not an address: " + listening.address);
  }
  return address;
}

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Reads up to the end of a head; what came behind it stays in `held`.
std::string read_head(int socket, std::string& held) {
  char block[8'192];
  while (true) {
    if (const std::size_t end = held.find("\r\n\r\n"); end != std::string::npos) {
      std::string head = held.substr(0, end + 2);
      held.erase(0, end + 4);
      return head;
    }
    if (held.size() > kMaxHead) return {};
    const ssize_t count = ::recv(socket, block, sizeof block, 0);
    if (count <= 0) return {};
    held.append(block, static_cast<std::size_t>(count));
  }
}

}  // namespace

std::uint16_t Server::listen(const Listening& listening, Answer answer) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) fail("socket");
  doors_.push_back({socket, listening.keep_alive, std::move(answer)});
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = address_of(listening);
  socklen_t size = sizeof address;
  // POSIX wants a sockaddr for every kind of address.
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, plain, size) != 0) fail("bind " + listening.address);
  if (::listen(socket, 64) != 0) fail("listen");
  if (::getsockname(socket, plain, &size) != 0) fail("getsockname");
  return ntohs(address.sin_port);
}

void Server::start() {
  if (::pipe(wake_) != 0) fail("pipe");
  acceptor_ = std::thread([this] { accept_guests(); });
}

Server::~Server() {
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }
  ending_.notify_all();
  if (acceptor_.joinable()) {
    ::close(wake_[1]);
    acceptor_.join();
    ::close(wake_[0]);
  }
  for (Guest& guest : guests_) ::shutdown(guest.socket, SHUT_RDWR);
  for (Guest& guest : guests_) {
    guest.thread.join();
    ::close(guest.socket);
  }
  for (const Door& door : doors_) ::close(door.socket);
}

void Server::forget_gone_guests() {
  for (auto guest = guests_.begin(); guest != guests_.end();) {
    if (!guest->gone) {
      ++guest;
      continue;
    }
    guest->thread.join();
    ::close(guest->socket);
    guest = guests_.erase(guest);
  }
}

void Server::accept_guests() {
  std::vector<pollfd> waiting;
  for (const Door& door : doors_) waiting.push_back({door.socket, POLLIN, 0});
  waiting.push_back({wake_[0], POLLIN, 0});
  while (::poll(waiting.data(), waiting.size(), -1) >= 0 || errno == EINTR) {
    if (waiting.back().revents != 0) return;
    forget_gone_guests();
    for (std::size_t i = 0; i < doors_.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      const int socket = ::accept4(waiting[i].fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      Guest& guest = guests_.emplace_back();
      guest.socket = socket;
      guest.thread = std::thread([this, &guest, &door = doors_[i]] { serve(guest, door); });
    }
  }
}

void Server::serve(Guest& guest, const Door& door) {
  std::string held;
  while (true) {
    const auto request = parse_request(read_head(guest.socket, held));
    if (!request || !reply_to(guest.socket, *request, door)) break;
  }
  ::shutdown(guest.socket, SHUT_RDWR);
  guest.gone = true;
}

bool Server::pause(int milliseconds) {
  std::unique_lock lock(mutex_);
  return !ending_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                           [this] { return ended_; });
}

bool Server::reply_to(int socket, const Request& request, const Door& door) {
  Reply reply = door.answer(request);
  const bool keep_alive = door.keep_alive && request.header("connection") != "close";
  if (reply.manner == Manner::kHang) {
    pollfd left = {socket, POLLRDHUP, 0};
    while (pause(20) && ::poll(&left, 1, 0) == 0) {
    }
    return false;
  }
  apply_conditions(request, reply);
  std::size_t length = reply.body.size();
  if (reply.manner == Manner::kWrongLength) length /= 2;
  std::string bytes = head_of(reply, length, keep_alive);
  const std::size_t head = bytes.size();
  if (request.method != "HEAD") bytes += reply.body;
  if (reply.manner == Manner::kTruncated) bytes.resize(head + (bytes.size() - head) / 2);
  return send_reply(socket, reply, bytes) && reply.manner == Manner::kProper && keep_alive;
}

bool Server::send_reply(int socket, const Reply& reply, const std::string& bytes) {
  if (reply.manner != Manner::kDrip) return send_all(socket, bytes);
  for (const char byte : bytes) {
    if (!send_all(socket, {&byte, 1}) || !pause(200)) return false;
  }
  return true;
}

}  // namespace minato::pretend
