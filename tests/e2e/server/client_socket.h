// A raw client: sends exactly the bytes it is given, when it is told to.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace minato::http {

struct WireReply {
  int status = 0;
  std::string head;
  std::string body;  // chunks joined
  [[nodiscard]] bool closes() const { return head.find("Connection: close") != std::string::npos; }
};

class ClientSocket {
 public:
  // Gives up a read after `patience`.
  explicit ClientSocket(std::uint16_t port,
                        std::chrono::milliseconds patience = std::chrono::seconds(20));

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int fd() const { return socket_.get(); }

  bool send(std::string_view bytes);  // all of them; false when the server closed
  // The next final reply, whole; 1xx are skipped. None when the connection ends or patience does.
  // `head_only`: it is the reply to a HEAD.
  std::optional<WireReply> read(bool head_only = false);
  std::optional<WireReply> ask(std::string_view request);
  std::string read_to_end();  // until the server closes
  // Reads and throws away at most `bytes`; how many came.
  std::uint64_t skip(std::uint64_t bytes);
  [[nodiscard]] bool ended();  // the server closed, and nothing is left to read
  void shut_write();
  void abort();  // closes with a reset

 private:
  bool more();
  bool fill(std::size_t bytes);
  bool read_chunks(std::string& body);

  FileDescriptor socket_;
  bool connected_ = false;
  std::string buffer_;
  std::size_t used_ = 0;
};

// "GET {target} HTTP/1.1" with Host, for a persistent connection.
std::string get(std::string_view target);

}  // namespace minato::http
