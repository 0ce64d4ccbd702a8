// The rows for operators: /live, /ready and /metrics.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/route.h"

namespace minato::http {

// The dispatcher answers this operation with 503 while draining.
inline constexpr std::string_view kReadyOperation = "getReady";

struct SystemRoutes {
  // Ready to serve; an Error says why not (503). Called for every /ready.
  std::function<core::Result<void>()> ready;
  // Figures in Prometheus' text format; empty: no /metrics here (the admin listener has it).
  std::function<std::string()> render_metrics;
};

[[nodiscard]] std::vector<Route> system_rows(SystemRoutes options);

}  // namespace minato::http
