#include "http/server/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace minato::http {

Mailbox::Mailbox() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!event_) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void Mailbox::post(Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    answers_.push_back(std::move(answer));
    if (answers_.size() > 1) return;  // woken already
  }
  wake();
}

void Mailbox::wake() const {
  const std::uint64_t one = 1;
  // Can only fail when the counter is full, and then the reactor is awake.
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
}

void Mailbox::take(std::vector<Answer>& answers) {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto read = ::read(event_.get(), &count, sizeof count);
  answers.clear();
  const std::lock_guard lock(mutex_);
  answers.swap(answers_);
}

void Mailbox::close() {
  std::vector<Answer>
      dropped;  // destroyed after the lock: sources and files may be costly to release
  const std::lock_guard lock(mutex_);
  closed_ = true;
  dropped.swap(answers_);
}

}  // namespace minato::http
