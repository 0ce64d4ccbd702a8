// Rows as the text of a file or an answer, a piece at a time: the caller gives rows and sends away
// what has gathered in `out`, so a file of any size needs the memory of one piece.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/table.h"

namespace minato::formats {

// Every function appends whole rows to `out`. Not thread-safe. REQUIRES: begin() once, rows with as
// many values as the writer has columns and valid UTF-8, end() once.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void begin(std::string& out) = 0;
  virtual void row(std::span<const core::ValueView> values, std::string& out) = 0;
  virtual void end(std::string& out) = 0;
  // Characters so far that the encoding lacks and that were replaced.
  [[nodiscard]] virtual std::int64_t lost_characters() const { return 0; }
};

}  // namespace minato::formats
