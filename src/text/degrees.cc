#include "text/degrees.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "text/utf8.h"

namespace minato::text {
namespace {

constexpr std::size_t kMaxBytes = 96;
constexpr std::size_t kMaxPlain = 48;

// Marks as single characters: digits and point as they are, d m s for the three marks, + and - for
// the directions, c for a comma left behind. 0: stands in no degrees.
char plain_of(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if ((c >= U'0' && c <= U'9') || c == U'.') return static_cast<char>(c);
  switch (c) {
    case U'°':
    case U'º':
    case U'˚':
    case U'度':
      return 'd';
    case U'′':
    case U'’':
    case U'\'':
    case U'´':
    case U'分':
      return 'm';
    case U'″':
    case U'”':
    case U'"':
    case U'秒':
      return 's';
    case U'N':
    case U'E':
    case U'北':
    case U'東':
      return '+';
    case U'S':
    case U'W':
    case U'南':
    case U'西':
      return '-';
    case U',':
    case U'、':
      return 'c';
    default:
      return 0;
  }
}

struct Plain {
  std::array<char, kMaxPlain> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
};

// 緯 and 経 say nothing that 北 and 東 do not; blanks separate nothing.
bool to_plain(std::string_view text, Plain& plain) {
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = decode(text, offset);
    if (c == U' ' || c == 0x3000 || c == U'緯' || c == U'経') continue;
    const char mark = plain_of(c);
    if (mark == 0 || plain.size == kMaxPlain) return false;
    // '' is ″.
    const bool second_stroke = mark == 'm' && plain.size > 0 && plain.bytes[plain.size - 1] == 'm';
    if (second_stroke) {
      plain.bytes[plain.size - 1] = 's';
    } else {
      plain.bytes[plain.size++] = mark;
    }
  }
  return true;
}

// Takes digits with at most one point from the front.
std::optional<double> take_number(std::string_view& text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789."), text.size());
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + size, value);
  if (error != std::errc{} || end != text.data() + size) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

// Takes "22m34.3s", a part or none of it. False: what is there is no part of a degree.
bool take_parts(std::string_view& text, double& degrees, bool& has_parts) {
  double unit = 60;
  for (const char mark : {'m', 's'}) {
    std::string_view rest = text;
    const auto value = take_number(rest);
    // The last mark may be missing: 35°22′34.
    if (value && (rest.empty() || rest.front() == mark)) {
      if (*value >= 60) return false;
      degrees += *value / unit;
      has_parts = true;
      text = rest.substr(rest.empty() ? 0 : 1);
    }
    unit *= 60;
  }
  return true;
}

}  // namespace

std::optional<double> read_degrees(std::string_view text) {
  Plain plain;
  if (text.empty() || text.size() > kMaxBytes || !to_plain(text, plain)) return std::nullopt;
  std::string_view rest = plain.text();
  char direction = 0;
  const auto take = [&rest](std::string_view any) {
    const bool found = !rest.empty() && any.find(rest.front()) != std::string_view::npos;
    const char taken = found ? rest.front() : '\0';
    if (found) rest.remove_prefix(1);
    return taken;
  };
  direction = take("+-");
  auto degrees = take_number(rest);
  if (!degrees) return std::nullopt;
  bool has_parts = false;
  const bool marked = take("d") != 0;
  if (marked && !take_parts(rest, *degrees, has_parts)) return std::nullopt;
  if (direction == 0) direction = take("+-");
  const bool trailing = take("c") != 0;
  if (!rest.empty() || (!marked && direction == 0 && !trailing) || *degrees > 180) {
    return std::nullopt;
  }
  if (has_parts) *degrees = std::round(*degrees * 1e7) / 1e7;
  return direction == '-' ? -*degrees : *degrees;
}

}  // namespace minato::text
