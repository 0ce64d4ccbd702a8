#include "http/server/server.h"

#include <algorithm>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

#include "http/server/body_sink.h"
#include "http/server/descriptor_limits.h"
#include "http/server/listen_address.h"
#include "http/server/reactor_context.h"
#include "http/server/transport.h"

namespace minato::http {
namespace {

constexpr std::chrono::milliseconds kPoll{5};
// With no connection left: for those the kernel has accepted and we have not seen yet.
constexpr std::chrono::milliseconds kEmptyTime{100};
// With nothing in flight: idle clients are served a little longer, see Connection::deadline().
constexpr std::chrono::milliseconds kQuietTime{1500};
constexpr std::chrono::seconds kCloseTimeout{10};
constexpr std::chrono::milliseconds kHandOver{10};

core::Result<void> check_spool_directory(const std::string& directory) {
  if (open_spool_file(directory)) return {};
  return core::fail(
      core::ErrorCode::kInvalidArgument, "spool-directory-unusable",
      {"一時保存先「" + directory + "」にファイルを作成できません。",
       "No file can be created in the spool directory \"" + directory + "\"."},
      {"存在し書き込めるディレクトリを指定し、空き容量を確認してください。",
       "Give a directory that exists and can be written to, and check its free space."});
}

}  // namespace

class Server::Impl {
 public:
  Impl(std::shared_ptr<ServerState> state, std::unique_ptr<Network> network)
      : state_(std::move(state)), network_(std::move(network)), port_(network_->port()) {}

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ServerStats stats() const;
  bool stop(std::chrono::milliseconds grace);

 private:
  bool wait_until_quiet(std::chrono::milliseconds grace);
  void close_connections();

  std::shared_ptr<ServerState> state_;
  std::mutex stopping_;
  std::unique_ptr<Network> network_;  // null when stopped
  const std::uint16_t port_;
};

ServerStats Server::Impl::stats() const {
  const auto& counters = state_->counters;
  return {counters.open_connections, counters.requests_in_flight, counters.accepted,
          counters.refused,          counters.requests,           counters.received_bytes,
          counters.sent_bytes};
}

// New connections are served for half of the time; under a load that does not end, nothing would
// ever be the last.
bool Server::Impl::wait_until_quiet(std::chrono::milliseconds grace) {
  const auto& counters = state_->counters;
  const auto start = std::chrono::steady_clock::now();
  auto last_busy = start;
  auto last_open = start;
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    if (counters.requests_in_flight > 0) last_busy = now;
    if (counters.open_connections > 0) last_open = now;
    if (now - start >= grace / 2) state_->refusing = true;
    if (now - start >= grace) return counters.requests_in_flight == 0;
    if (now - last_busy >= kQuietTime || now - last_open >= kEmptyTime) return true;
    std::this_thread::sleep_for(kPoll);
  }
}

bool Server::Impl::stop(std::chrono::milliseconds grace) {
  const std::lock_guard lock(stopping_);
  if (!network_) return true;
  state_->stopping = true;
  network_->wake();
  const bool answered = wait_until_quiet(grace);
  close_connections();
  network_.reset();
  // The worker destroys the source of a pull that was running.
  while (state_->counters.pulls_running > 0) std::this_thread::sleep_for(kPoll);
  return answered;
}

void Server::Impl::close_connections() {
  state_->refusing = true;
  state_->closing = true;
  network_->wake();
  network_->wait_closed(kCloseTimeout);
  // What the accept thread has handed over and no reactor has seen would stay open for ever.
  for (std::uint64_t seen = UINT64_MAX; seen != state_->counters.accepted;) {
    seen = state_->counters.accepted;
    std::this_thread::sleep_for(kHandOver);
  }
}

core::Result<std::unique_ptr<Server>> Server::start(ServerOptions options, RequestHandler handler,
                                                    ServerCallbacks callbacks) {
  const auto address = parse_listen_address(options.address, options.port);
  if (!address) return tl::unexpected(address.error());
  if (const auto usable = check_spool_directory(options.spool_directory); !usable) {
    return tl::unexpected(usable.error());
  }
  if (const auto free = probe_listen_address(*address); !free) return tl::unexpected(free.error());
  std::signal(SIGPIPE, SIG_IGN);
  options.reactor_threads = std::max<std::size_t>(options.reactor_threads, 1);
  const auto state = std::make_shared<ServerState>();
  state->options = std::move(options);
  state->handler = std::move(handler);
  state->callbacks = std::move(callbacks);
  state->descriptors = raise_descriptor_limit();
  auto network = Network::start(state, *address);
  if (!network) return tl::unexpected(network.error());
  return std::unique_ptr<Server>(new Server(std::make_unique<Impl>(state, std::move(*network))));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { stop(std::chrono::milliseconds::zero()); }

std::uint16_t Server::port() const { return impl_->port(); }

ServerStats Server::stats() const { return impl_->stats(); }

bool Server::stop(std::chrono::milliseconds grace) { return impl_->stop(grace); }

}  // namespace minato::http
