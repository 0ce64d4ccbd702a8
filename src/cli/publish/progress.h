// One line at the foot of a terminal that tells how far a file is.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>

#include "core/error.h"

namespace minato::cli {

// Draws only on the terminal behind std::cerr; gone when it is destroyed. Not thread-safe.
class FileProgress {
 public:
  FileProgress(std::ostream& err, core::Language language);
  ~FileProgress();
  FileProgress(const FileProgress&) = delete;
  FileProgress& operator=(const FileProgress&) = delete;

  void bytes(std::int64_t done, std::int64_t all);
  void rows(std::int64_t done);

 private:
  bool is_time();
  void draw(const std::string& line);

  std::ostream& terminal_;
  const core::Language language_;
  const bool visible_;
  std::chrono::steady_clock::time_point next_draw_{};
};

}  // namespace minato::cli
