#include "http/request_id.h"

#include <algorithm>
#include <cstdint>
#include <random>

namespace minato::http {
namespace {

constexpr std::size_t kMaxSent = 128;

// A counter from a random start, scrambled (splitmix64): no two of a thread are equal.
std::uint64_t next_number() {
  thread_local std::uint64_t counter = [] {
    std::random_device random;
    return (static_cast<std::uint64_t>(random()) << 32) | random();
  }();
  std::uint64_t mixed = counter += 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

}  // namespace

std::string request_id_for(std::string_view sent) {
  const bool usable =
      !sent.empty() && sent.size() <= kMaxSent &&
      std::all_of(sent.begin(), sent.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (usable) return std::string(sent);
  static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id(13, '0');
  std::uint64_t number = next_number();
  for (char& c : id) {
    c = kDigits[number & 31];
    number >>= 5;
  }
  return id;
}

}  // namespace minato::http
