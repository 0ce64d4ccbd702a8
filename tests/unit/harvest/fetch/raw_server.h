// An HTTP server on loopback that sends whatever bytes a test wants, proper HTTP or not.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace minato::harvest {

struct RawRequest {
  std::string target;
  std::map<std::string, std::string> fields;  // names in lower case
};

class Wire {
 public:
  Wire(int fd, const std::atomic<bool>& is_ending) : fd_(fd), is_ending_(is_ending) {}
  // False: the peer is gone.
  bool send(std::string_view bytes);
  void close() { is_open_ = false; }
  [[nodiscard]] bool is_open() const { return is_open_; }
  // Sends `bytes` again and again until the peer or the server is gone.
  void send_for_ever(std::string_view bytes, int pause_ms);
  // Until the peer or the server is gone.
  void hang();

 private:
  const int fd_;
  const std::atomic<bool>& is_ending_;
  bool is_open_ = true;
};

class RawServer {
 public:
  using Handler = std::function<void(const RawRequest&, Wire&)>;
  explicit RawServer(Handler handler, const std::string& address = "127.0.0.1");
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string url(std::string_view path) const;
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::vector<RawRequest> requests() const;  // without robots.txt
  [[nodiscard]] std::vector<std::string> targets() const;  // all of them
  [[nodiscard]] int most_at_once() const { return most_at_once_; }

 private:
  void accept_all();
  void serve(int fd);
  void answer(const RawRequest& request, Wire& wire);

  const Handler handler_;
  const std::string address_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_ending_{false};
  std::atomic<int> at_once_{0};
  std::atomic<int> most_at_once_{0};
  mutable std::mutex mutex_;
  std::vector<RawRequest> requests_;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

// "HTTP/1.1 <status>", the header lines given, Content-Length, and the body.
std::string reply(std::string_view status, std::string_view header_lines, std::string_view body);
// Answers robots.txt with 404 and all else with `answer`.
RawServer::Handler always(std::string answer);
std::string gzipped(std::string_view text);

}  // namespace minato::harvest
