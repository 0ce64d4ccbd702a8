#include "raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <stdexcept>
#include <utility>

#include "text/lowercase.h"

namespace minato::harvest {
namespace {

// Waits until there is something to read; false: the server ends.
bool await(int fd, const std::atomic<bool>& is_ending) {
  while (!is_ending) {
    pollfd poll_fd{fd, POLLIN, 0};
    if (poll(&poll_fd, 1, 20) > 0) return true;
  }
  return false;
}

RawRequest parse(const std::string& text) {
  RawRequest request;
  const std::size_t first_space = text.find(' ');
  request.target = text.substr(first_space + 1, text.find(' ', first_space + 1) - first_space - 1);
  for (std::size_t at = text.find("\r\n"); at != std::string::npos && at + 2 < text.size();) {
    const std::size_t end = text.find("\r\n", at + 2);
    const std::string line = text.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) {
      request.fields[text::lowercase(line.substr(0, colon))] = line.substr(colon + 2);
    }
    if (end == std::string::npos) break;
    at = end;
  }
  return request;
}

}  // namespace

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty() && is_open_ && !is_ending_) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      is_open_ = false;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return is_open_ && !is_ending_;
}

void Wire::send_for_ever(std::string_view bytes, int pause_ms) {
  while (send(bytes)) std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
}

void Wire::hang() {
  char byte = 0;
  while (await(fd_, is_ending_) && recv(fd_, &byte, 1, 0) > 0) {
  }
  is_open_ = false;
}

RawServer::RawServer(Handler handler, const std::string& address)
    : handler_(std::move(handler)), address_(address) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  inet_pton(AF_INET, address.c_str(), &name.sin_addr);
  socklen_t size = sizeof name;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&name), size) != 0 ||
      listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&name), &size) != 0) {
    throw std::runtime_error("no listening socket");
  }
  port_ = ntohs(name.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  is_ending_ = true;
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

std::string RawServer::url(std::string_view path) const {
  return "http://" + address_ + ":" + std::to_string(port_) + std::string(path);
}

std::vector<RawRequest> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  std::vector<RawRequest> wanted;
  for (const RawRequest& request : requests_) {
    if (request.target != "/robots.txt") wanted.push_back(request);
  }
  return wanted;
}

std::vector<std::string> RawServer::targets() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> targets;
  for (const RawRequest& request : requests_) targets.push_back(request.target);
  return targets;
}

void RawServer::accept_all() {
  while (await(listener_, is_ending_)) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) threads_.emplace_back([this, fd] { serve(fd); });
  }
}

void RawServer::serve(int fd) {
  timeval patience{0, 200'000};  // so that a full send buffer cannot hold up the end
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  Wire wire(fd, is_ending_);
  std::string text;
  while (wire.is_open() && await(fd, is_ending_)) {
    char bytes[4096];
    const ssize_t size = recv(fd, bytes, sizeof bytes, 0);
    if (size <= 0) break;
    text.append(bytes, static_cast<std::size_t>(size));
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    answer(parse(text.substr(0, end)), wire);
    text.erase(0, end + 4);
  }
  close(fd);
}

void RawServer::answer(const RawRequest& request, Wire& wire) {
  const int now = ++at_once_;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (now > most_at_once_) most_at_once_ = now;
  }
  handler_(request, wire);
  --at_once_;
}

std::string reply(std::string_view status, std::string_view header_lines, std::string_view body) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\n").append(header_lines);
  text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
  return text.append(body);
}

RawServer::Handler always(std::string answer) {
  return [answer = std::move(answer)](const RawRequest& request, Wire& wire) {
    wire.send(request.target == "/robots.txt" ? reply("404 Not Found", "", "") : answer);
  };
}

std::string gzipped(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace minato::harvest
