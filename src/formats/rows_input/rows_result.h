// What a write of rows did, as it is kept under an idempotency key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::formats {

struct RowCounts {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
  std::int64_t version = 0;
  std::int64_t rows = 0;
  bool operator==(const RowCounts&) const = default;
};

std::string write_row_counts(const RowCounts& counts);
// kInternal when it is nothing that write_row_counts() wrote.
core::Result<RowCounts> read_row_counts(std::string_view json);

}  // namespace minato::formats
