// 64-bit hashes of cells, different in every process: nobody can make a file of collisions.
#pragma once

#include <cstdint>
#include <string_view>

namespace minato::storage::sqlite::tables {

std::uint64_t hash_text(std::string_view text);
std::uint64_t hash_bits(std::uint64_t bits);

}  // namespace minato::storage::sqlite::tables
