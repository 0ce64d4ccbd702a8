// One request per host at a time, and a pause between them; among threads and processes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/time.h"
#include "harvest/fetch/host_file.h"
#include "harvest/fetch/patience.h"

namespace minato::harvest {

// Thread-safe. Hosts are told apart by origin (scheme, host, port) and never wait for each other;
// threads of this process get their turns in the order they came.
class HostQueue {
  struct Host;

 public:
  // `directory` is shared by the processes of one installation; empty: this process alone counts.
  // `max_wait_ms`: no host may ask to be left alone for longer. REQUIRES: clock outlives it.
  HostQueue(std::string directory, std::int64_t max_wait_ms, const core::Clock& clock);
  ~HostQueue();

  // The right to send one request. The next one may have it when this is destroyed.
  class Turn {
   public:
    ~Turn();
    Turn(Turn&&) noexcept = default;
    Turn& operator=(Turn&&) = delete;
    // Nobody asks this host before `ms` have passed.
    void back_off(std::int64_t ms);

   private:
    friend class HostQueue;
    Turn(std::shared_ptr<Host> host, const core::Clock& clock)
        : host_(std::move(host)), clock_(&clock) {}
    std::shared_ptr<Host> host_;
    std::optional<HostFile> file_;
    HostTimes times_;
    bool is_granted_ = false;
    const core::Clock* clock_;
  };

  // Waits until the host is free and `delay_ms` have passed since its last request ended. Errors:
  // harvest-stopped (at once when the time left is too short), storage-io, storage-full.
  core::Result<Turn> wait_for_turn(const std::string& origin, std::int64_t delay_ms,
                                   const Patience& patience);

 private:
  core::Result<void> lock_file(Turn& turn, const std::string& origin, const Patience& patience);
  [[nodiscard]] std::int64_t pause_us(const HostTimes& times, std::int64_t delay_ms) const;

  const std::string directory_;
  const std::int64_t max_wait_ms_;
  const core::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Host>> hosts_;
};

}  // namespace minato::harvest
