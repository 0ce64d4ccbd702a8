// The HTTP/1.1 server: accepts connections, frames requests, calls the handler, sends its answers.
// It knows nothing of routes. docs/adr tells why it frames HTTP itself on Pistache's transport.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/message.h"
#include "http/server/limits.h"

namespace minato::http {

struct ServerOptions {
  std::string address =
      "127.0.0.1";  // a numeric IPv4 or IPv6 address ("::1", also "[::1]"), or "localhost"
  std::uint16_t port = 8080;  // 0 picks a free one, see Server::port()
  std::size_t reactor_threads = 1;
  int backlog = 1024;
  std::size_t max_connections = 0;  // 0: RLIMIT_NOFILE minus 200; never more than that
  std::size_t max_connections_per_address =
      0;  // 0: no cap (IPv6: per /64). Over a cap: 503 and closed
  std::string spool_directory = "/var/tmp";  // bodies over 64 KB, as unnamed files
  Limits limits;
};

// Called on reactor threads: they must not block and must be thread-safe when reactor_threads > 1.
struct ServerCallbacks {
  // The largest body this request may have; only method, target, headers and peer are set. Absent:
  // limits.default_max_body_bytes. A larger body is answered 413, by its Content-Length before it
  // is read.
  std::function<std::uint64_t(const Request& head)> max_body;
  // Writes the answer for what the engine refuses itself: 400, 408, 413, 414, 417, 431, 500, 501,
  // 503, 505, 507. `head` is null when the head could not be read. `what` says the reason in
  // English and is publishable. Absent: plain text.
  std::function<Response(int status, const Request* head, std::string_view what)> render_error;
  // Runs a pull of a PooledSource on the worker pool; false when the pool has no room now (it is
  // tried again a little later). Absent: pulled on the reactor thread, like a BodySource. Whoever
  // runs it ends after the server.
  std::function<bool(std::function<void()> pull)> submit;
};

struct ServerStats {
  std::uint64_t open_connections = 0;
  std::uint64_t requests_in_flight = 0;  // complete heads whose reply is not yet in the kernel
  std::uint64_t accepted = 0;            // connections, total
  std::uint64_t refused = 0;             // of these, closed at once because of a cap
  std::uint64_t requests = 0;            // total
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_bytes = 0;
};

class Server {
 public:
  // Binds and starts to serve on threads of its own. Raises the process's soft limit of open files
  // to the hard limit and ignores SIGPIPE. Errors: listen-address-invalid,
  // listen-address-unavailable, listen-address-in-use, listen-permission-denied, listen-failed.
  static core::Result<std::unique_ptr<Server>> start(ServerOptions options, RequestHandler handler,
                                                     ServerCallbacks callbacks = {});
  ~Server();  // stop(0)
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] ServerStats stats() const;  // any thread

  // Serves on, but every reply says "Connection: close", until nothing is in flight or `grace` is
  // over; then closes everything and ends the threads. Returns whether all in flight were answered.
  // Later calls do nothing. Responders may outlive the server: their answers are dropped. Body
  // sources are destroyed when it returns; it waits for a pull that runs. Not from a pull.
  bool stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace minato::http
