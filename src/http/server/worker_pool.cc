#include "http/server/worker_pool.h"

#include <pthread.h>

#include <utility>

namespace minato::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t max_queued, const char* name)
    : max_queued_(max_queued) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { work(); });
    ::pthread_setname_np(threads_.back().native_handle(), name);
  }
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(std::function<void()> task) {
  return enqueue(std::move(task), max_queued_);
}

bool WorkerPool::submit_modestly(std::function<void()> task) {
  return enqueue(std::move(task), max_queued_ / 2);
}

bool WorkerPool::enqueue(std::function<void()> task, std::size_t max_queued) {
  {
    const std::lock_guard lock(mutex_);
    // Work that a thread is free to take at once does not count against the queue.
    const std::size_t idle = threads_.size() - running_;
    if (stopping_ || queue_.size() >= max_queued + idle) return false;
    queue_.push_back(std::move(task));
  }
  ready_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<std::function<void()>> unrun;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    unrun.swap(queue_);
  }
  ready_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t WorkerPool::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::size_t WorkerPool::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    auto task = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    lock.unlock();
    try {
      task();
    } catch (...) {
      // The task's Responder is destroyed unanswered below, which is what the client is told.
    }
    task = nullptr;  // destroys what it captured while the lock is not held
    lock.lock();
    --running_;
  }
}

}  // namespace minato::http
