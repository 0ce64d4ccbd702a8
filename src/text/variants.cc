#include "text/variants.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "text/utf8.h"

namespace minato::text {
namespace {

constexpr std::string_view kPairs =
#include "text/variants.inc"
    ;

constexpr char32_t kFirst = 0x4E00;  // CJK Unified Ideographs: nearly all of the table
constexpr char32_t kLast = 0x9FFF;

struct Table {
  std::array<std::uint16_t, kLast - kFirst + 1> common{};
  std::vector<std::pair<char32_t, char32_t>> others;  // sorted

  Table() {
    for (char32_t c = kFirst; c <= kLast; ++c) common[c - kFirst] = static_cast<std::uint16_t>(c);
    for (std::size_t i = 0; i < kPairs.size();) {
      const char32_t variant = decode(kPairs, i);
      const char32_t unified = decode(kPairs, i);
      if (variant >= kFirst && variant <= kLast && unified <= kLast) {
        common[variant - kFirst] = static_cast<std::uint16_t>(unified);
      } else {
        others.emplace_back(variant, unified);
      }
    }
    std::sort(others.begin(), others.end());
  }
};

}  // namespace

char32_t unified_kanji(char32_t c) {
  static const Table table;
  if (c >= kFirst && c <= kLast) return table.common[c - kFirst];
  if (c < 0xFA0E) return c;
  const auto found =
      std::lower_bound(table.others.begin(), table.others.end(), c,
                       [](const auto& pair, char32_t key) { return pair.first < key; });
  return found != table.others.end() && found->first == c ? found->second : c;
}

}  // namespace minato::text
