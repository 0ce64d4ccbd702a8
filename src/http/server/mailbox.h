// How other threads hand answers to a reactor thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/message.h"

namespace minato::http {

// A connection as other threads know it. Serials are never used twice, so an answer for a
// connection that is gone cannot reach the one that got its descriptor.
struct ConnectionId {
  std::uint64_t serial = 0;
  int descriptor = -1;
};

// The next bytes of a PooledSource. When it is broken they must not be sent: they may end anywhere.
struct BodySlice {
  enum class Then { kMore, kEnd, kBroken };
  std::string bytes;
  Then then = Then::kBroken;
};

struct Answer {
  ConnectionId connection;
  std::uint64_t request = 0;  // which request of the connection
  std::optional<Response> response =
      std::nullopt;  // absent: the Responder was destroyed unanswered
  // When set this is no answer, but what comes next of the body of one.
  std::optional<BodySlice> slice = std::nullopt;
};

class Mailbox {
 public:
  Mailbox();  // throws std::system_error when no descriptor is left

  // Any thread. Dropped after close().
  void post(Answer answer);
  // Makes the reactor look up without an answer. Any thread.
  void wake() const;
  // Reactor thread only: what was posted since the last call.
  void take(std::vector<Answer>& answers);
  void close();

  [[nodiscard]] int descriptor() const { return event_.get(); }  // readable when there is post

 private:
  FileDescriptor event_;
  std::mutex mutex_;
  std::vector<Answer> answers_;
  bool closed_ = false;
};

}  // namespace minato::http
