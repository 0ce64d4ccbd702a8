#include "http/server/transport.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pistache/listener.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/transport.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "core/time.h"
#include "http/server/admission.h"
#include "http/server/connection.h"
#include "http/server/reply_head.h"

namespace minato::http {
namespace {

namespace Tcp = Pistache::Tcp;
namespace Polling = Pistache::Polling;

constexpr std::size_t kReadBytes = 64 * 1024;
// What one connection may move before the others have their turn. A step costs something even when
// it moves little, so that pipelined small requests take turns too.
constexpr std::size_t kTurnBytes = 1024 * 1024;
constexpr std::size_t kStepCost = 4096;
constexpr long kTickNs = 500'000'000;
constexpr long kPoolRetryNs = 10'000'000;

// What the reactors of one server share.
struct Shared {
  Shared(std::shared_ptr<ServerState> state, Admission::Caps caps)
      : server(std::move(state)), admission(caps) {}

  std::shared_ptr<ServerState> server;
  Admission admission;

  std::mutex mutex;
  std::condition_variable closed;
  std::vector<std::shared_ptr<Mailbox>> mailboxes;  // one per reactor
  std::size_t closed_reactors = 0;
};

// A connection with the library's idea of it.
struct Link {
  Link(ReactorContext& context, ConnectionId id, std::string address,
       std::shared_ptr<Tcp::Peer> library_peer)
      : peer(std::move(library_peer)),
        client(address),
        connection(context, id, std::move(address)) {}

  std::shared_ptr<Tcp::Peer> peer;
  std::string client;
  Connection connection;
  bool writes_reported = false;
};

// Until it rings again it is not readable.
void read_timer(const FileDescriptor& timer) {
  std::uint64_t rings = 0;
  [[maybe_unused]] const auto read = ::read(timer.get(), &rings, sizeof rings);
}

// The whole reply to a connection over a cap.
std::string refusal_text(const ServerState& server) {
  Response response;
  response.status = 503;
  response.body = "503 Service Unavailable: too many connections\n";
  if (server.callbacks.render_error) {
    auto rendered = server.callbacks.render_error(503, nullptr, "too many connections");
    if (is_sendable(rendered) && std::holds_alternative<std::string>(rendered.body)) {
      response = std::move(rendered);
    }
  }
  const auto date = core::to_http_date(core::SystemClock().now());
  const auto& body = std::get<std::string>(response.body);
  std::string text;
  write_reply_head(response, {true, true, BodyFraming::kLength, body.size(), date}, text);
  return text + body;
}

// One per reactor thread; everything runs on that thread.
class ReactorTransport final : public Tcp::Transport {
 public:
  ReactorTransport(std::shared_ptr<Tcp::Handler> handler, std::shared_ptr<Shared> shared)
      : Tcp::Transport(handler), handler_(std::move(handler)), shared_(std::move(shared)) {
    context_.server = shared_->server;
    context_.read_clocks();
  }
  ~ReactorTransport() override;

  std::shared_ptr<Pistache::Aio::Handler> clone() const override {
    return std::make_shared<ReactorTransport>(handler_->clone(), shared_);
  }
  void registerPoller(Polling::Epoll& poller) override;
  void onReady(const Pistache::Aio::FdSet& events) override;

  void add(const std::shared_ptr<Tcp::Peer>& peer);

 private:
  Link* find(int fd) const;
  void drop(int fd);
  void refuse(int fd) const;
  void drop_refused();
  void drive(Link& link);
  bool advance(Link& link);
  ssize_t send_some(int fd, const OutputQueue& output) const;
  bool wait_for_space(Link& link);
  void rearm(Link& link);
  void deliver_answers();
  void notice_stop();
  void retry_pulls();
  void tick();

  std::shared_ptr<Tcp::Handler> handler_;
  std::shared_ptr<Shared> shared_;
  ReactorContext context_;
  FileDescriptor timer_;
  FileDescriptor pool_timer_;  // rings once, while somebody waits for room in the pool
  bool pool_timer_set_ = false;
  std::vector<std::unique_ptr<Link>> links_;  // by descriptor
  std::vector<int> refused_;                  // to be closed at the end of this batch
  std::uint64_t last_serial_ = 0;
  std::vector<Answer> answers_;
  std::vector<char> buffer_ = std::vector<char>(kReadBytes);
  bool closed_ = false;
};

// The library tells us of a new peer through this; its own reading is never used.
class PeerGate final : public Tcp::Handler {
  PROTOTYPE_OF(Tcp::Handler, PeerGate)
 public:
  void onInput(const char* /*bytes*/, size_t /*size*/,
               const std::shared_ptr<Tcp::Peer>& /*peer*/) override {}
  void onConnection(const std::shared_ptr<Tcp::Peer>& peer) override {
    static_cast<ReactorTransport*>(transport())->add(peer);
  }
};

// "::ffff:192.0.2.1" of a socket that takes both families is 192.0.2.1.
std::string client_address(const Tcp::Peer& peer) {
  constexpr std::string_view kMapped = "::ffff:";
  std::string host = peer.address().host();
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  return host.starts_with(kMapped) && host.find('.') != host.npos ? host.substr(kMapped.size())
                                                                  : host;
}

ReactorTransport::~ReactorTransport() {
  if (context_.mailbox) context_.mailbox->close();
  for (auto& link : links_) {
    if (!link) continue;
    shared_->admission.leave(link->client);
    --context_.server->counters.open_connections;
    ::close(link->peer->fd());
  }
}

void ReactorTransport::registerPoller(Polling::Epoll& poller) {
  Tcp::Transport::registerPoller(poller);
  timer_ = FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  if (!timer_) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  const itimerspec period{{0, kTickNs}, {0, kTickNs}};
  ::timerfd_settime(timer_.get(), 0, &period, nullptr);
  pool_timer_ = FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  if (!pool_timer_) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  context_.mailbox = std::make_shared<Mailbox>();
  for (const int fd : {timer_.get(), pool_timer_.get(), context_.mailbox->descriptor()}) {
    poller.addFd(fd, Pistache::Flags<Polling::NotifyOn>(Polling::NotifyOn::Read),
                 Polling::Tag(static_cast<std::uint64_t>(fd)));
  }
  const std::lock_guard lock(shared_->mutex);
  shared_->mailboxes.push_back(context_.mailbox);
}

// Peers first, the library's own queues last: a descriptor that is closed here and given to a new
// peer must not meet an event of its former life. Only from here is anything closed.
void ReactorTransport::onReady(const Pistache::Aio::FdSet& events) {
  context_.read_clocks();
  bool ticked = false;
  bool mail = false;
  std::vector<Polling::Event> of_library;
  for (const auto& event : events) {
    const auto fd = static_cast<int>(event.getTag().value());
    if (fd == timer_.get()) {
      ticked = true;
    } else if (fd == context_.mailbox->descriptor()) {
      mail = true;
    } else if (fd == pool_timer_.get()) {
      read_timer(pool_timer_);
      pool_timer_set_ = false;
    } else if (Link* const link = find(fd)) {
      event.isHangup() ? drop(fd) : drive(*link);
    } else {
      of_library.emplace_back(event.getTag()).flags.setFlag(Polling::NotifyOn::Read);
    }
  }
  if (mail) deliver_answers();
  if (ticked) tick();
  if (!context_.waiting_for_pool.empty()) retry_pulls();
  if (of_library.empty()) return;
  try {
    Tcp::Transport::onReady(Pistache::Aio::FdSet(std::move(of_library)));
  } catch (const std::exception&) {
    // Registering a peer failed (no memory for epoll): it is closed by its time-out.
  }
  drop_refused();
}

// The peer is not in epoll yet, so nothing can be closed here.
void ReactorTransport::add(const std::shared_ptr<Tcp::Peer>& peer) {
  const int fd = peer->fd();
  auto& counters = context_.server->counters;
  ++counters.accepted;
  ++counters.open_connections;
  std::string client = client_address(*peer);
  const bool admitted = shared_->admission.enter(client, fd) && !context_.server->refusing;
  const auto index = static_cast<std::size_t>(fd);
  if (links_.size() <= index) links_.resize(index + index / 2 + 64);
  links_[index] =
      std::make_unique<Link>(context_, ConnectionId{++last_serial_, fd}, std::move(client), peer);
  if (admitted) return;
  ++counters.refused;
  refused_.push_back(fd);
}

Link* ReactorTransport::find(int fd) const {
  const auto index = static_cast<std::size_t>(fd);
  return index < links_.size() ? links_[index].get() : nullptr;
}

void ReactorTransport::drop(int fd) {
  Link* const link = find(fd);
  if (link == nullptr) return;
  const auto peer = std::move(link->peer);
  shared_->admission.leave(link->client);
  links_[static_cast<std::size_t>(fd)].reset();
  --context_.server->counters.open_connections;
  removePeer(peer);
}

// Says 503 as well as can be done at once. What the client has sent is read first: closing a socket
// with unread bytes would take the reply back (RFC 9112 s9.6).
void ReactorTransport::refuse(int fd) const {
  try {
    const std::string refusal = refusal_text(*context_.server);
    ::send(fd, refusal.data(), refusal.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  } catch (...) {
    // Out of memory: the connection is closed without a word.
  }
  ::shutdown(fd, SHUT_WR);
  std::array<char, 4096> unread;
  for (int i = 0; i < 8 && ::recv(fd, unread.data(), unread.size(), MSG_DONTWAIT) > 0;) ++i;
}

void ReactorTransport::drop_refused() {
  for (const int fd : std::exchange(refused_, {})) {
    refuse(fd);
    drop(fd);
  }
}

void ReactorTransport::drive(Link& link) {
  bool alive = false;
  try {
    alive = advance(link);
  } catch (...) {
    // Out of memory, in all likelihood: this connection is given up, the others go on.
  }
  if (!alive) drop(link.connection.id().descriptor);
}

// False: to be closed. Epoll is edge-triggered: goes on until the kernel says EAGAIN, an answer is
// awaited, or the turn is over.
bool ReactorTransport::advance(Link& link) {
  Connection& connection = link.connection;
  const int fd = connection.id().descriptor;
  for (std::size_t spent = 0; spent < kTurnBytes; spent += kStepCost) {
    ssize_t moved = 0;
    switch (connection.next()) {
      case Connection::Want::kAnswer:
        return true;
      case Connection::Want::kClose:
        return false;
      case Connection::Want::kShutdownWrite:
        ::shutdown(fd, SHUT_WR);
        connection.write_was_shut();
        continue;
      case Connection::Want::kWrite:
        moved = send_some(fd, connection.output());
        if (moved == 0) return false;  // a file that became shorter
        if (moved > 0) connection.sent(static_cast<std::size_t>(moved));
        if (moved < 0 && errno == EAGAIN) return wait_for_space(link);
        break;
      case Connection::Want::kRead:
        moved = ::recv(fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (moved == 0) connection.receive_end();
        if (moved > 0) connection.receive({buffer_.data(), static_cast<std::size_t>(moved)});
        if (moved < 0 && errno == EAGAIN) return true;
        break;
    }
    if (moved < 0 && errno != EINTR) return false;
    spent += static_cast<std::size_t>(std::max<ssize_t>(moved, 0));
  }
  rearm(link);
  return true;
}

ssize_t ReactorTransport::send_some(int fd, const OutputQueue& output) const {
  if (const FileSlice* const file = output.front_file()) {
    auto offset = static_cast<off_t>(file->offset);
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(file->length, kTurnBytes));
    return ::sendfile(fd, file->file->get(), &offset, count);
  }
  std::array<iovec, OutputQueue::kMaxSlices> slices;
  msghdr message{};
  message.msg_iov = slices.data();
  message.msg_iovlen = output.gather(slices.data());
  const int more = output.file_follows() ? MSG_MORE : 0;
  return ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT | more);
}

// The library registers peers for reading only; the first full socket asks for writing too, for
// good.
bool ReactorTransport::wait_for_space(Link& link) {
  if (!link.writes_reported) rearm(link);
  return true;
}

// Also makes an edge-triggered descriptor report again what it already is.
void ReactorTransport::rearm(Link& link) {
  link.writes_reported = true;
  reactor()->modifyFd(
      key(), link.connection.id().descriptor,
      Polling::NotifyOn::Read | Polling::NotifyOn::Write | Polling::NotifyOn::Shutdown,
      Polling::Mode::Edge);
}

void ReactorTransport::deliver_answers() {
  context_.mailbox->take(answers_);
  for (auto& answer : answers_) {
    Link* const link = find(answer.connection.descriptor);
    if (link == nullptr || link->connection.id().serial != answer.connection.serial) continue;
    link->connection.answer(std::move(answer));
    drive(*link);
  }
  answers_.clear();
  notice_stop();
}

void ReactorTransport::notice_stop() {
  const auto& server = *context_.server;
  if (server.stopping && !context_.stopping_since) context_.stopping_since = context_.now;
  if (!server.closing || closed_) return;
  for (std::size_t fd = 0; fd < links_.size(); ++fd) drop(static_cast<int>(fd));
  closed_ = true;
  {
    const std::lock_guard lock(shared_->mutex);
    ++shared_->closed_reactors;
  }
  shared_->closed.notify_all();
}

// Whoever waits is tried after every batch of events (a slice that came has left room) and by the
// timer.
void ReactorTransport::retry_pulls() {
  auto& waiting = context_.waiting_for_pool;
  while (!waiting.empty()) {
    const ConnectionId id = waiting.front();
    Link* const link = find(id.descriptor);
    try {
      if (link != nullptr && link->connection.id().serial == id.serial &&
          !link->connection.retry_pull()) {
        break;
      }
      waiting.pop_front();
    } catch (...) {
      waiting.pop_front();
      drop(id.descriptor);
    }
  }
  if (waiting.empty() || pool_timer_set_) return;
  const itimerspec once{{0, 0}, {0, kPoolRetryNs}};
  pool_timer_set_ = ::timerfd_settime(pool_timer_.get(), 0, &once, nullptr) == 0;
}

void ReactorTransport::tick() {
  read_timer(timer_);
  for (std::size_t fd = 0; fd < links_.size(); ++fd) {
    if (!links_[fd]) continue;
    const auto deadline = links_[fd]->connection.deadline();
    if (!deadline || context_.now < *deadline) continue;
    links_[fd]->connection.expire();
    drive(*links_[fd]);
  }
}

class PistacheNetwork final : public Network {
 public:
  PistacheNetwork(std::shared_ptr<Shared> shared, const Pistache::Address& address)
      : shared_(std::move(shared)), listener_(address) {}
  ~PistacheNetwork() override { listener_.shutdown(); }

  void listen();
  [[nodiscard]] std::uint16_t port() const override { return listener_.getPort(); }
  void wake() override;
  bool wait_closed(std::chrono::milliseconds timeout) override;

 private:
  std::shared_ptr<Shared> shared_;
  Tcp::Listener listener_;  // its destructor joins the threads
};

void PistacheNetwork::listen() {
  Pistache::Flags<Tcp::Options> flags(Tcp::Options::ReuseAddr);
  flags.setFlag(Tcp::Options::NoDelay);
  flags.setFlag(Tcp::Options::CloseOnExec);
  const auto& options = shared_->server->options;
  listener_.init(options.reactor_threads, flags, "minato-http", options.backlog);
  listener_.setTransportFactory([shared = shared_] {
    return std::make_shared<ReactorTransport>(std::make_shared<PeerGate>(), shared);
  });
  listener_.bind();
  listener_.runThreaded();
}

void PistacheNetwork::wake() {
  const std::lock_guard lock(shared_->mutex);
  for (const auto& mailbox : shared_->mailboxes) mailbox->wake();
}

bool PistacheNetwork::wait_closed(std::chrono::milliseconds timeout) {
  std::unique_lock lock(shared_->mutex);
  return shared_->closed.wait_for(
      lock, timeout, [this] { return shared_->closed_reactors == shared_->mailboxes.size(); });
}

}  // namespace

core::Result<std::unique_ptr<Network>> Network::start(std::shared_ptr<ServerState> server,
                                                      const ListenAddress& address) {
  const auto& options = server->options;
  const auto shared = std::make_shared<Shared>(
      server, Admission::Caps{options.max_connections, options.max_connections_per_address,
                              server->descriptors.sockets});
  try {
    const Pistache::Address where(address.ipv6 ? "[" + address.host + "]" : address.host,
                                  Pistache::Port(address.port));
    auto network = std::make_unique<PistacheNetwork>(shared, where);
    network->listen();
    return network;
  } catch (const std::exception& error) {
    return listen_failed(address, error.what());
  }
}

}  // namespace minato::http
