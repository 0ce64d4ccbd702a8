// Some rows with their text, to be handed from thread to thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/table.h"

namespace minato::storage::sqlite::tables {

// Filled by one thread, then only read.
class RowBatch {
 public:
  explicit RowBatch(std::size_t columns) : columns_(columns) {}

  // REQUIRES: row.size() == columns.
  void append(std::int64_t number, std::span<const core::ValueView> row);

  // Enough for the cost of handing it over to vanish.
  [[nodiscard]] bool full() const;
  [[nodiscard]] std::size_t rows() const { return numbers_.size(); }
  [[nodiscard]] std::int64_t number(std::size_t index) const { return numbers_[index]; }
  [[nodiscard]] std::span<const core::ValueView> row(std::size_t index) const {
    return std::span(cells_).subspan(index * columns_, columns_);
  }

 private:
  std::string_view keep(std::string_view text);

  std::size_t columns_;
  std::vector<std::int64_t> numbers_;
  std::vector<core::ValueView> cells_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::size_t text_bytes_ = 0;
};

}  // namespace minato::storage::sqlite::tables
