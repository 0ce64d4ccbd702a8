#include "storage/sqlite/tables/row_batch.h"

#include <cstring>
#include <string_view>

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::size_t kFullTextBytes = 2 * 1024 * 1024;
constexpr std::size_t kFullCells = 80'000;

}  // namespace

void RowBatch::append(std::int64_t number, std::span<const core::ValueView> row) {
  if (cells_.empty()) cells_.reserve(kFullCells + columns_);
  numbers_.push_back(number);
  for (const core::ValueView& value : row) {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      cells_.emplace_back(keep(*text));
    } else {
      cells_.push_back(value);
    }
  }
}

bool RowBatch::full() const { return cells_.size() >= kFullCells || text_bytes_ >= kFullTextBytes; }

std::string_view RowBatch::keep(std::string_view text) {
  if (text.empty()) return {"", 0};
  text_bytes_ += text.size();
  if (text.size() > free_bytes_) {
    const std::size_t bytes = text.size() > kBlockBytes / 4 ? text.size() : kBlockBytes;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    if (bytes == text.size()) {
      std::memcpy(blocks_.back().get(), text.data(), text.size());
      return {blocks_.back().get(), text.size()};
    }
    free_ = blocks_.back().get();
    free_bytes_ = bytes;
  }
  char* place = free_;
  std::memcpy(place, text.data(), text.size());
  free_ += text.size();
  free_bytes_ -= text.size();
  return {place, text.size()};
}

}  // namespace minato::storage::sqlite::tables
