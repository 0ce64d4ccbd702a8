// The standard figures about the process that Prometheus clients report.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace minato::http {

struct ProcessFigure {
  std::string name;
  std::string description;
  bool grows = false;
  std::function<double()> read;  // 0 when the system does not tell
};

[[nodiscard]] std::vector<ProcessFigure> process_figures();

}  // namespace minato::http
