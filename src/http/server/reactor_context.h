// What every connection of one reactor thread shares.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "http/server/descriptor_limits.h"
#include "http/server/mailbox.h"
#include "http/server/server.h"

namespace minato::http {

// Of the whole server; the numbers behind ServerStats.
struct ServerCounters {
  std::atomic<std::uint64_t> open_connections = 0;
  std::atomic<std::uint64_t> requests_in_flight = 0;
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> received_bytes = 0;
  std::atomic<std::uint64_t> sent_bytes = 0;
  std::atomic<std::uint64_t> pulls_running = 0;  // of PooledSources, on workers
};

// Read by all reactor threads.
struct ServerState {
  ServerOptions options;
  RequestHandler handler;
  ServerCallbacks callbacks;
  DescriptorLimits descriptors;
  ServerCounters counters;
  std::atomic<bool> stopping = false;  // replies close their connections; idle ones are closed soon
  std::atomic<bool> refusing = false;  // new connections are refused
  std::atomic<bool> closing = false;   // everything is closed now
};

using SteadyTime = std::chrono::steady_clock::time_point;

struct ReactorContext {
  std::shared_ptr<ServerState> server;
  std::shared_ptr<Mailbox> mailbox;
  SteadyTime now;                            // of the current batch of events
  std::string date;                          // IMF-fixdate of it
  std::optional<SteadyTime> stopping_since;  // when this thread saw that the server stops
  // Whose next slice the pool had no room for, first come first served; the transport calls
  // Connection::retry_pull(). Some may be closed by now.
  std::deque<ConnectionId> waiting_for_pool;

  // REQUIRES: `server` is set. Reads both clocks; the date is only written anew when the second
  // changed.
  void read_clocks();

 private:
  std::int64_t date_second_ = -1;
};

}  // namespace minato::http
