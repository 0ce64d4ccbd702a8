#include "tabular/input/read_ahead.h"

#include <exception>
#include <utility>

namespace minato::tabular {
namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
constexpr std::size_t kMaxReady = 4;

}  // namespace

ReadAhead::ReadAhead(TextStream::Chunks& chunks) : chunks_(chunks), thread_([this] { run(); }) {}

ReadAhead::~ReadAhead() { pause(); }

void ReadAhead::pause() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ReadAhead::run() {
  try {
    read_chunks();
  } catch (const std::exception& fault) {  // of memory; nothing else is thrown
    const std::lock_guard lock(mutex_);
    result_ = core::fail_internal(fault.what());
  }
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

void ReadAhead::read_chunks() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return ready_.size() < kMaxReady || stop_; });
    if (stop_) return;
    lock.unlock();
    std::string chunk;
    const auto more = chunks_.next(chunk, kChunk);
    lock.lock();
    if (!more) result_ = tl::unexpected(more.error());
    if (!more || !*more) return;
    ready_.push_back(std::move(chunk));
    changed_.notify_all();
  }
}

core::Result<bool> ReadAhead::take(std::string& out, std::size_t size) {
  const std::size_t before = out.size();
  std::unique_lock lock(mutex_);
  while (out.size() == before) {
    changed_.wait(lock, [&] { return !ready_.empty() || finished_; });
    if (ready_.empty()) {
      if (!result_) return tl::unexpected(result_.error());
      return chunks_.next(out, size);  // what a pause left to read; false at the end
    }
    while (!ready_.empty() && out.size() - before < size) {
      const std::string chunk = std::move(ready_.front());
      ready_.pop_front();
      changed_.notify_all();
      lock.unlock();
      out += chunk;
      lock.lock();
    }
  }
  return true;
}

}  // namespace minato::tabular
