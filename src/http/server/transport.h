// The network side of the server, on Pistache's listener, reactor and transport. transport.cc is
// the only file that includes Pistache (it leaks macros); docs/adr says which of its parts can be
// trusted.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "core/error.h"
#include "http/server/listen_address.h"
#include "http/server/reactor_context.h"

namespace minato::http {

class Network {
 public:
  // Listens and serves. Errors: listen-failed.
  static core::Result<std::unique_ptr<Network>> start(std::shared_ptr<ServerState> server,
                                                      const ListenAddress& address);
  virtual ~Network() = default;  // ends the threads; connections still open are closed

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  // Lets every reactor thread see a change of ServerState::stopping or closing.
  virtual void wake() = 0;
  // After `closing` was set: waits until every reactor closed its connections. False after
  // `timeout`.
  virtual bool wait_closed(std::chrono::milliseconds timeout) = 0;
};

}  // namespace minato::http
