#include "storage/sqlite/tables/value_hash.h"

#include <cstring>
#include <random>

namespace minato::storage::sqlite::tables {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kSecond = 0xE7037ED1A0B428DB;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t seed() {
  static const std::uint64_t value = [] {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32U) | device();
  }();
  return value;
}

std::uint64_t read(const char* at, std::size_t bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, at, bytes);
  return value;
}

}  // namespace

// The construction of wyhash: products of 64 bits, folded.
std::uint64_t hash_text(std::string_view text) {
  std::uint64_t state = seed() ^ kFirst;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 16; left -= 16, at += 16) {
    state = mix(read(at, 8) ^ kSecond, read(at + 8, 8) ^ state);
  }
  const std::uint64_t low = left >= 8 ? read(at, 8) : read(at, left);
  const std::uint64_t high = left > 8 ? read(at + 8, left - 8) : 0;
  return mix(kSecond ^ text.size(), mix(low ^ kFirst, high ^ state));
}

std::uint64_t hash_bits(std::uint64_t bits) {
  return mix(mix(bits ^ kFirst, seed() ^ kSecond), kSecond);
}

}  // namespace minato::storage::sqlite::tables
