// How long to wait before a server is asked again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace minato::harvest {

// Milliseconds from now that a Retry-After header asks for (RFC 9110 s10.2.3: seconds or a date);
// 0 for a date that has passed.
std::optional<std::int64_t> parse_retry_after(std::string_view value, core::Timestamp now);

// Doubles with every attempt (0, 1, ...) up to `max_ms`; `jitter` in [0, 1) takes off up to half of
// it, so that those who were refused together do not come back together.
std::int64_t backoff_ms(int attempt, std::int64_t base_ms, std::int64_t max_ms, double jitter);

}  // namespace minato::harvest
