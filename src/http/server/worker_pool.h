// A bounded queue and threads for work that must not run on a reactor thread: imports, exports,
// heavy queries.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace minato::http {

class WorkerPool {
 public:
  // REQUIRES: threads > 0. `name`: of the threads, at most 15 bytes.
  WorkerPool(std::size_t threads, std::size_t max_queued, const char* name = "minato-worker");
  ~WorkerPool();  // stop()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool stopped: the caller answers 503 with Retry-After. An
  // exception out of `task` ends the task only (its Responder then answers 500). Any thread.
  [[nodiscard]] bool submit(std::function<void()> task);
  // For a caller who tries again by himself: leaves half of the queue to the others.
  [[nodiscard]] bool submit_modestly(std::function<void()> task);

  // Waits for running tasks; queued ones are destroyed unrun. Not from a task.
  void stop();

  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] std::size_t running() const;

 private:
  bool enqueue(std::function<void()> task, std::size_t max_queued);
  void work();

  const std::size_t max_queued_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> queue_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace minato::http
