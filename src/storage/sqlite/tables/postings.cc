#include "storage/sqlite/tables/postings.h"

#include <bit>

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::size_t kBitmapBytes = kChunkRows / 8;

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

}  // namespace

std::string encode_posting(std::span<const std::uint16_t> rows) {
  std::string posting;
  if (rows.size() * 2 >= kBitmapBytes) {
    posting.resize(kBitmapBytes, '\0');
    for (const std::uint16_t row : rows) {
      char& byte = posting[row / 8U];
      byte = static_cast<char>(static_cast<unsigned char>(byte) | (1U << (row % 8U)));
    }
    return posting;
  }
  posting.reserve(rows.size() * 2);
  for (const std::uint16_t row : rows) {
    posting += static_cast<char>(row & 0xFFU);
    posting += static_cast<char>(row >> 8U);
  }
  return posting;
}

bool add_posting(std::string_view posting, ChunkRows& rows) {
  if (posting.size() == kBitmapBytes) {
    for (std::size_t i = 0; i < posting.size(); ++i) {
      rows[i / 8] |= static_cast<std::uint64_t>(byte_at(posting, i)) << (i % 8 * 8);
    }
    return true;
  }
  if (posting.size() > kBitmapBytes || posting.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < posting.size(); i += 2) {
    const std::size_t row = byte_at(posting, i) | (byte_at(posting, i + 1) << 8U);
    rows[row / 64] |= std::uint64_t{1} << (row % 64);
  }
  return true;
}

void append_rows(const ChunkRows& rows, std::int64_t first, std::vector<std::int64_t>& out) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::uint64_t bits = rows[i]; bits != 0; bits &= bits - 1) {
      out.push_back(first + static_cast<std::int64_t>(i * 64) + std::countr_zero(bits));
    }
  }
}

}  // namespace minato::storage::sqlite::tables
