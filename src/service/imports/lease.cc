#include "service/imports/lease.h"

#include <algorithm>
#include <utility>

namespace minato::service {

LeaseKeeper::LeaseKeeper(storage::PushStore& store, const core::Clock& clock, LeaseTerms terms)
    : store_(store), clock_(clock), terms_(std::move(terms)), thread_([this] { keep(); }) {}

LeaseKeeper::~LeaseKeeper() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool LeaseKeeper::renew() {
  if (lost_.load()) return false;
  const core::Timestamp until{clock_.now().us + terms_.seconds * 1'000'000};
  const auto renewed = store_.renew_job(terms_.job_id, terms_.owner, until);
  if (renewed && !*renewed) lost_.store(true);
  return renewed && *renewed;
}

void LeaseKeeper::keep() {
  const std::chrono::milliseconds pause(std::max<std::int64_t>(terms_.seconds * 1000 / 3, 100));
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, pause, [this] { return done_; })) {
    lock.unlock();
    renew();  // a store that fails now may work the next time
    lock.lock();
  }
}

}  // namespace minato::service
