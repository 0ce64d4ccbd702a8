#include "web/catalogue/tag_initial.h"

#include <array>
#include <utility>

#include "text/fold.h"
#include "text/readings.h"
#include "text/utf8.h"

namespace minato::web {
namespace {

constexpr std::string_view kOther = "漢字";
constexpr std::string_view kDigits = "0-9";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// The last hiragana of each row.
constexpr std::array<std::pair<char32_t, std::string_view>, 10> kRows = {{{0x304A, "あ"},
                                                                          {0x3054, "か"},
                                                                          {0x305E, "さ"},
                                                                          {0x3069, "た"},
                                                                          {0x306E, "な"},
                                                                          {0x307D, "は"},
                                                                          {0x3082, "ま"},
                                                                          {0x3088, "や"},
                                                                          {0x308D, "ら"},
                                                                          {0x3093, "わ"}}};

std::string_view row_of_sound(char letter) {
  switch (letter) {
    case 'k':
    case 'g':
      return "か";
    case 's':
    case 'z':
    case 'j':
      return "さ";
    case 't':
    case 'd':
    case 'c':
      return "た";
    case 'n':
      return "な";
    case 'h':
    case 'b':
    case 'p':
    case 'f':
      return "は";
    case 'm':
      return "ま";
    case 'y':
      return "や";
    case 'r':
      return "ら";
    case 'w':
      return "わ";
    default:
      return "あ";
  }
}

// By the longest known word it begins with.
std::string_view row_of_reading(std::string_view word) {
  std::string_view latin;
  std::size_t longest = 0;
  for (const text::WordReading& known : text::word_readings()) {
    if (known.word.size() <= longest || !word.starts_with(known.word)) continue;
    longest = known.word.size();
    latin = known.latin;
  }
  return latin.empty() ? kOther : row_of_sound(latin.front());
}

}  // namespace

std::string_view tag_initial(std::string_view word) {
  const std::string folded = text::fold(word);
  if (folded.empty()) return kOther;
  std::size_t at = 0;
  const char32_t first = text::decode(folded, at);
  if (first >= 'a' && first <= 'z') return kLetters.substr(first - 'a', 1);
  if (first >= '0' && first <= '9') return kDigits;
  if (first >= 0x3041 && first <= 0x3093) {
    for (const auto& [last, row] : kRows) {
      if (first <= last) return row;
    }
  }
  return row_of_reading(word);
}

const std::vector<std::string_view>& tag_initials() {
  static const std::vector<std::string_view> initials = [] {
    std::vector<std::string_view> out;
    for (const auto& [last, row] : kRows) out.push_back(row);
    for (std::size_t i = 0; i < kLetters.size(); ++i) out.push_back(kLetters.substr(i, 1));
    out.push_back(kDigits);
    out.push_back(kOther);
    return out;
  }();
  return initials;
}

}  // namespace minato::web
