// A Connection with everything around it but sockets.
#pragma once

#include <sys/uio.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/server/connection.h"

namespace minato::http {

struct ConnectionHarness {
  ConnectionHarness() {
    auto state = std::make_shared<ServerState>();
    state->options.spool_directory = std::filesystem::temp_directory_path();
    state->descriptors = {1'000'000, 1'000'000};
    state->handler = [this](std::shared_ptr<Request> request,
                            std::shared_ptr<Responder> responder) {
      requests.push_back(request);
      if (handler) return handler(std::move(request), std::move(responder));
      Response response;
      response.body = request->method + " " + request->target + " " + request->body.memory;
      responder->send(std::move(response));
    };
    context.server = std::move(state);
    context.mailbox = std::make_shared<Mailbox>();
    context.now = SteadyTime() + std::chrono::hours(1);
    context.date = "Sun, 06 Nov 1994 08:49:37 GMT";
  }

  Limits& limits() { return context.server->options.limits; }
  Connection& open() {
    connection = std::make_unique<Connection>(context, ConnectionId{7, 3}, "192.0.2.1");
    wants = Connection::Want::kRead;
    half_closed = false;
    return *connection;
  }

  // Plays the transport until the connection wants bytes, an answer or its end; returns what it
  // sent.
  std::string send(std::string_view bytes) {
    std::string sent = run();
    if (wants == Connection::Want::kRead && !bytes.empty()) {
      connection->receive(bytes);
      sent += run();
    }
    return sent;
  }

  std::string run() {
    std::string sent;
    for (;;) {
      wants = connection->next();
      if (wants == Connection::Want::kShutdownWrite) {
        connection->write_was_shut();
        half_closed = true;
      } else if (wants == Connection::Want::kWrite) {
        sent += write_once();
      } else {
        return sent;
      }
    }
  }

  std::string write_once() {
    std::string bytes;
    if (const auto* file = connection->output().front_file()) {
      bytes.resize(file->length);
      const auto got =
          ::pread(file->file->get(), bytes.data(), bytes.size(), static_cast<off_t>(file->offset));
      bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    } else {
      iovec slices[OutputQueue::kMaxSlices];
      const std::size_t count = connection->output().gather(slices);
      for (std::size_t i = 0; i < count; ++i) {
        bytes.append(static_cast<const char*>(slices[i].iov_base), slices[i].iov_len);
      }
    }
    if (bytes.size() > max_write) bytes.resize(max_write);
    connection->sent(bytes.size());
    return bytes;
  }

  // What other threads posted.
  std::string deliver() {
    std::vector<Answer> answers;
    context.mailbox->take(answers);
    for (auto& answer : answers) connection->answer(std::move(answer));
    return run();
  }

  ReactorContext context;
  RequestHandler handler;
  std::vector<std::shared_ptr<Request>> requests;
  std::unique_ptr<Connection> connection;
  Connection::Want wants = Connection::Want::kRead;
  bool half_closed = false;
  std::size_t max_write = SIZE_MAX;
};

// "200" of "HTTP/1.1 200 OK..."; 0 when there is none.
inline int status_of(const std::string& reply) {
  return reply.starts_with("HTTP/1.1 ") ? std::stoi(reply.substr(9, 3)) : 0;
}

inline std::string body_of(const std::string& reply) {
  const auto end = reply.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : reply.substr(end + 4);
}

}  // namespace minato::http
