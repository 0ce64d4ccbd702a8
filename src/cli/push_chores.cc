#include "cli/push_chores.h"

#include <chrono>

#include "cli/logging.h"
#include "cli/program.h"

namespace minato::cli {

namespace {

using std::chrono::steady_clock;

// A publication is at most this late.
constexpr std::chrono::seconds kPublishEvery{10};
constexpr std::chrono::hours kCleanEvery{1};

}  // namespace

PushChores::PushChores(WritingServices& services, core::Language log_language)
    : services_(services), log_language_(log_language), thread_([this] { work(); }) {}

PushChores::~PushChores() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void PushChores::work() {
  auto next_cleaning = steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    publish_due();
    if (steady_clock::now() >= next_cleaning) {
      remove_expired();
      next_cleaning = steady_clock::now() + kCleanEvery;
    }
    lock.lock();
    wake_.wait_for(lock, kPublishEvery, [this] { return stopping_; });
  }
}

void PushChores::publish_due() {
  const auto published = services_.datasets.publish_due();
  if (!published) return log(LogLevel::kError, error_line(published.error(), log_language_));
  for (const std::string& name : *published) {
    log(LogLevel::kInfo, "published as scheduled: " + name);
  }
}

void PushChores::remove_expired() {
  const auto removed = services_.uploads.remove_expired();
  if (!removed) log(LogLevel::kError, error_line(removed.error(), log_language_));
}

}  // namespace minato::cli
