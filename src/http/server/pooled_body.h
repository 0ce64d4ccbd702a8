// A PooledSource of one reply: pulled by jobs on the worker pool, one at a time, whose slices go to
// the connection's mailbox. The reactor thread never waits for a pull, and a worker never waits for
// a client.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "http/message.h"
#include "http/server/mailbox.h"
#include "http/server/reactor_context.h"

namespace minato::http {

class PooledBody : public std::enable_shared_from_this<PooledBody> {
 public:
  // REQUIRES: the server has a `submit` callback. `request`: of `connection`, the one answered.
  PooledBody(PooledSource source, const ReactorContext& context, ConnectionId connection,
             std::uint64_t request);

  // Reactor thread, when no job is out. False: the pool is full, try again later. True: one slice
  // will be posted, unless abandon() comes first.
  [[nodiscard]] bool start();

  // Reactor thread: nobody wants the rest. The source is destroyed now or, when a pull runs, by the
  // worker at its end.
  void abandon();

 private:
  class Job;
  enum class State { kIdle, kQueued, kRunning, kAbandoned };

  void run();  // on the pool
  BodySlice pull();
  void post(BodySlice slice);

  const std::shared_ptr<ServerState> server_;
  const std::shared_ptr<Mailbox> mailbox_;
  const ConnectionId connection_;
  const std::uint64_t request_;
  // Who may touch source_: the worker in kRunning, else the reactor thread.
  std::atomic<State> state_ = State::kIdle;
  BodySource source_;
};

}  // namespace minato::http
