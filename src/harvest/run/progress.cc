#include "harvest/run/progress.h"

namespace minato::harvest {

void Progress::show() {
  if (!callbacks_.progress) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  const auto stored = store_.job(job_.id);
  if (!stored || !*stored) return;  // the work itself will meet that error
  core::HarvestJob shown = job_;
  shown.counts = (*stored)->counts;
  shown.requests = usage().requests;
  shown.received_bytes = usage().bytes;
  callbacks_.progress(shown);
}

}  // namespace minato::harvest
