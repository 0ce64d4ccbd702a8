#include "http/server/descriptor_limits.h"

#include <sys/resource.h>

#include <algorithm>

namespace minato::http {
namespace {

constexpr int kReserved = 200;
constexpr rlim_t kMost = 1U << 20U;

}  // namespace

DescriptorLimits raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < limit.rlim_max) {
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit.rlim_cur = limit.rlim_max;
  }
  const int open_files = static_cast<int>(std::min(limit.rlim_cur, kMost));
  const int reserved = std::min(kReserved, open_files / 2);  // a very low limit is shared evenly
  return {open_files - reserved, open_files - reserved / 2};
}

}  // namespace minato::http
