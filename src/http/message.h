// Requests and responses as the rest of the program sees them. No sockets, no Pistache.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/caller.h"
#include "core/error.h"

namespace minato::http {

// Header fields in the order they came. Names compare without case (RFC 9110 s5.1).
class Headers {
 public:
  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);  // replaces all of that name
  void remove(std::string_view name);
  // The first value, or nullptr.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  // All values joined with ", " (RFC 9110 s5.2); empty when absent.
  [[nodiscard]] std::string joined(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
    return fields_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A file descriptor that closes itself.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

// A request body: in memory up to 64 KB, in an unnamed spool file beyond that (never both).
struct Body {
  std::string memory;
  FileDescriptor spool;  // when set, `memory` is empty
  std::uint64_t size = 0;
};

using Params = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // as sent: "GET"
  std::string target;  // as sent (origin-form)
  bool http11 = true;
  Headers headers;
  Body body;
  std::string peer;  // address of the client, without port
  // Filled by the router:
  std::string path;     // percent-decoded, valid UTF-8
  std::string query;    // raw, without '?'
  Params path_params;   // of the route's pattern, decoded
  Params query_params;  // decoded, in order, repeats kept
  std::string id;       // X-Request-Id
  core::Language language = core::Language::kJa;
  core::Caller caller;  // of the token it came with; anonymous without one, or with an unknown one

  [[nodiscard]] const std::string* path_param(std::string_view name) const;
  [[nodiscard]] const std::string* query_param(std::string_view name) const;  // the first
};

// Part of an open file, sent without passing through our memory.
struct FileSlice {
  std::shared_ptr<const FileDescriptor> file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// A body of unknown length, pulled: appends at most 64 KB to `out` per call; false at the end. An
// Error breaks the transfer (the client sees a truncated body, never error text inside data).
using BodySource = std::function<core::Result<bool>(std::string& out)>;

// A BodySource that may take its time: pulled on the worker pool, never on a reactor thread, by one
// thread at a time, and only while little is waiting to be sent. It may append up to 256 KB per
// call and should return within some milliseconds, with or without bytes; how long the whole may
// take is its own affair. When the client leaves, it is destroyed, though never during a call.
struct PooledSource {
  BodySource pull;
};

// Bytes and file slices one after the other (multiple ranges); the length is known.
using BodyParts = std::vector<std::variant<std::string, FileSlice>>;

struct Response {
  int status = 200;
  Headers headers;  // never Content-Length, Transfer-Encoding, Connection or Date: the server
                    // writes those
  std::variant<std::string, std::shared_ptr<const std::string>, FileSlice, BodyParts, BodySource,
               PooledSource>
      body;
  bool close = false;  // close the connection after this reply
  // Ready "Name: value\r\n" lines, sent as they are before `headers`: what the response cache
  // keeps, so that a hit copies nothing. Null: none. Same fields are forbidden in it.
  std::shared_ptr<const std::string> header_block = nullptr;
};

// The one answer to one request. Call exactly once, from any thread; if it is destroyed without an
// answer the client gets a 500. After the client left, the answer is dropped.
class Responder {
 public:
  virtual ~Responder() = default;
  virtual void send(Response response) = 0;
};

// What the server calls for every complete request, on a reactor thread. It must not block: slow
// work goes to a WorkerPool that keeps both pointers and answers later.
using RequestHandler = std::function<void(std::shared_ptr<Request>, std::shared_ptr<Responder>)>;

}  // namespace minato::http
