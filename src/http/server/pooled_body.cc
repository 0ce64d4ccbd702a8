#include "http/server/pooled_body.h"

#include <chrono>
#include <utility>

namespace minato::http {
namespace {

// A job goes on until it has a slice worth a wake-up of the reactor, but gives the worker back soon
// when a source finds little.
constexpr std::size_t kSliceBytes = 64 * 1024;
constexpr std::chrono::milliseconds kSliceTime{5};

class Count {
 public:
  explicit Count(std::atomic<std::uint64_t>& counter) : counter_(counter) { ++counter_; }
  ~Count() { --counter_; }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;

 private:
  std::atomic<std::uint64_t>& counter_;
};

}  // namespace

// Destroyed unrun (the pool stopped), it tells the connection, which would wait for ever.
class PooledBody::Job {
 public:
  explicit Job(std::shared_ptr<PooledBody> body) : body_(std::move(body)) {}
  ~Job() {
    if (body_) body_->post({});
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  std::shared_ptr<PooledBody> release() { return std::exchange(body_, nullptr); }

 private:
  std::shared_ptr<PooledBody> body_;
};

PooledBody::PooledBody(PooledSource source, const ReactorContext& context, ConnectionId connection,
                       std::uint64_t request)
    : server_(context.server),
      mailbox_(context.mailbox),
      connection_(connection),
      request_(request),
      source_(std::move(source.pull)) {}

bool PooledBody::start() {
  const auto job = std::make_shared<Job>(shared_from_this());
  state_ = State::kQueued;
  const bool taken = server_->callbacks.submit([job] { job->release()->run(); });
  if (taken) return true;
  job->release();
  state_ = State::kIdle;
  return false;
}

void PooledBody::abandon() {
  if (state_.exchange(State::kAbandoned) != State::kRunning) source_ = nullptr;
}

void PooledBody::run() {
  // Counted before it can be seen to run: who abandons a running pull and then counts none knows
  // that the source is gone.
  const Count count(server_->counters.pulls_running);
  auto expected = State::kQueued;
  if (state_.compare_exchange_strong(expected, State::kRunning)) {
    BodySlice slice = pull();
    // What waits for a slow client is counted by its bytes.
    if (slice.bytes.size() < slice.bytes.capacity() / 2) slice.bytes.shrink_to_fit();
    if (slice.then != BodySlice::Then::kMore) source_ = nullptr;
    expected = State::kRunning;
    if (state_.compare_exchange_strong(expected, State::kIdle)) {
      post(std::move(slice));
    } else {
      source_ = nullptr;
    }
  }
}

BodySlice PooledBody::pull() {
  BodySlice slice;
  try {
    const auto end = std::chrono::steady_clock::now() + kSliceTime;
    slice.bytes.reserve(kSliceBytes + 64);
    do {
      const auto more = source_(slice.bytes);
      if (!more) return slice;
      if (!*more) {
        slice.then = BodySlice::Then::kEnd;
        return slice;
      }
    } while (slice.bytes.size() < kSliceBytes && std::chrono::steady_clock::now() < end);
    slice.then = BodySlice::Then::kMore;
  } catch (...) {
    // Like an Error: the slice says that the body is broken.
  }
  return slice;
}

void PooledBody::post(BodySlice slice) {
  mailbox_->post({connection_, request_, std::nullopt, std::move(slice)});
}

}  // namespace minato::http
