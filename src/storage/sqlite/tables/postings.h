// Posting lists of one chunk of rows, as stored: a bitmap of 8 KiB, or, where that is shorter, the
// ascending 16-bit numbers of the rows (little-endian).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace minato::storage::sqlite::tables {

inline constexpr std::size_t kChunkRows = 65'536;
using ChunkRows = std::array<std::uint64_t, kChunkRows / 64>;

// REQUIRES: ascending, without duplicates.
std::string encode_posting(std::span<const std::uint16_t> rows);
// Adds them to `rows`; false: not a posting list.
bool add_posting(std::string_view posting, ChunkRows& rows);
// As row numbers, `first` for the first of the chunk.
void append_rows(const ChunkRows& rows, std::int64_t first, std::vector<std::int64_t>& out);

}  // namespace minato::storage::sqlite::tables
