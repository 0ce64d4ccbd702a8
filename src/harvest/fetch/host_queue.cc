#include "harvest/fetch/host_queue.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>

#include "harvest/fetch/fetch_errors.h"

namespace minato::harvest {
namespace {

constexpr auto kStopCheck = std::chrono::milliseconds(50);
constexpr std::int64_t kLockCheckUs = 20'000;

}  // namespace

struct HostQueue::Host {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::uint64_t> tickets;  // the first one has the turn
  std::uint64_t next_ticket = 0;
  HostTimes times;  // written by whoever has the turn; the file's are newer when there is one

  // False: the patience ended before the turn came.
  bool wait(const Patience& patience) {
    std::unique_lock lock(mutex);
    const std::uint64_t ticket = next_ticket++;
    tickets.push_back(ticket);
    while (tickets.front() != ticket) {
      changed.wait_for(lock, kStopCheck);
      if (tickets.front() == ticket || !patience.is_over()) continue;
      std::erase(tickets, ticket);
      return false;
    }
    return true;
  }
};

HostQueue::HostQueue(std::string directory, std::int64_t max_wait_ms, const core::Clock& clock)
    : directory_(std::move(directory)), max_wait_ms_(max_wait_ms), clock_(clock) {}

HostQueue::~HostQueue() = default;

HostQueue::Turn::~Turn() {
  if (!host_) return;
  if (is_granted_) times_.last_request = clock_->now();
  // A full disk costs at most the pause before the next request of another process.
  if (is_granted_ && file_) (void)file_->write(times_);
  file_.reset();
  const std::lock_guard lock(host_->mutex);
  if (is_granted_) host_->times = times_;
  host_->tickets.pop_front();
  host_->changed.notify_all();
}

void HostQueue::Turn::back_off(std::int64_t ms) {
  times_.not_before = core::Timestamp{clock_->now().us + ms * 1000};
}

core::Result<HostQueue::Turn> HostQueue::wait_for_turn(const std::string& origin,
                                                       std::int64_t delay_ms,
                                                       const Patience& patience) {
  std::shared_ptr<Host> host;
  {
    const std::lock_guard lock(mutex_);
    auto& entry = hosts_[origin];
    if (!entry) entry = std::make_shared<Host>();
    host = entry;
  }
  if (!host->wait(patience)) return tl::unexpected(stopped_error(origin));
  Turn turn(host, clock_);
  turn.times_ = host->times;
  if (auto locked = lock_file(turn, origin, patience); !locked) {
    return tl::unexpected(std::move(locked.error()));
  }
  const std::int64_t left_us = pause_us(turn.times_, delay_ms);
  if (!patience.lasts(left_us / 1000)) return tl::unexpected(wait_error(origin, left_us / 1000));
  if (!patience.sleep(left_us)) return tl::unexpected(stopped_error(origin));
  turn.is_granted_ = true;
  // For the case that this process dies before it can write when the request ended.
  if (turn.file_) {
    auto written = turn.file_->write({clock_.now(), turn.times_.not_before});
    if (!written) return tl::unexpected(std::move(written.error()));
  }
  return turn;
}

core::Result<void> HostQueue::lock_file(Turn& turn, const std::string& origin,
                                        const Patience& patience) {
  if (directory_.empty()) return {};
  auto file = HostFile::open(directory_, origin);
  if (!file) return tl::unexpected(std::move(file.error()));
  for (;;) {
    const auto locked = file->try_lock();
    if (!locked) return tl::unexpected(locked.error());
    if (*locked) break;
    if (!patience.sleep(kLockCheckUs)) return tl::unexpected(stopped_error(origin));
  }
  turn.times_ = file->read();
  turn.file_.emplace(std::move(*file));
  return {};
}

// Times of the future mean that the clock was set back: they count as now.
std::int64_t HostQueue::pause_us(const HostTimes& times, std::int64_t delay_ms) const {
  const std::int64_t now = clock_.now().us;
  const std::int64_t last = std::min(times.last_request.us, now);
  const std::int64_t not_before = std::min(times.not_before.us, now + max_wait_ms_ * 1000);
  const bool is_first = times.last_request.us == 0;
  return std::max<std::int64_t>({0, is_first ? 0 : last + delay_ms * 1000 - now, not_before - now});
}

}  // namespace minato::harvest
