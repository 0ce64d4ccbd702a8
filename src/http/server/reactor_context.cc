#include "http/server/reactor_context.h"

#include <ctime>

#include "core/time.h"

namespace minato::http {

void ReactorContext::read_clocks() {
  now = std::chrono::steady_clock::now();
  timespec wall{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &wall);
  if (wall.tv_sec == date_second_) return;
  date_second_ = wall.tv_sec;
  date = core::to_http_date(core::Timestamp{date_second_ * 1'000'000});
}

}  // namespace minato::http
