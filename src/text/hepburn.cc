#include "text/hepburn.h"

#include <array>
#include <string>
#include <string_view>

namespace minato::text {

namespace {

// U+3041 to U+3096. Small vowels and っ depend on what stands beside them.
constexpr std::array<std::string_view, 86> kSyllables = {
    "a",  "a",  "i",   "i",  "u",  "u",   "e",  "e",   "o",  "o",  "ka", "ga", "ki", "gi", "ku",
    "gu", "ke", "ge",  "ko", "go", "sa",  "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
    "ta", "da", "chi", "ji", "",   "tsu", "zu", "te",  "de", "to", "do", "na", "ni", "nu", "ne",
    "no", "ha", "ba",  "pa", "hi", "bi",  "pi", "fu",  "bu", "pu", "he", "be", "pe", "ho", "bo",
    "po", "ma", "mi",  "mu", "me", "mo",  "ya", "ya",  "yu", "yu", "yo", "yo", "ra", "ri", "ru",
    "re", "ro", "wa",  "wa", "i",  "e",   "o",  "n",   "vu", "ka", "ke"};

constexpr char32_t kSmallTsu = 0x3063;
constexpr char32_t kLongMark = 0x30FC;

char32_t as_hiragana(char32_t c) { return c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c; }

std::string_view syllable(char32_t c) {
  return c >= 0x3041 && c <= 0x3096 ? kSyllables[c - 0x3041] : std::string_view();
}

// ゃゅょ and the small vowels, which change the syllable before: きゃ, ふぁ, てぃ.
bool is_small(char32_t c) {
  return c == 0x3041 || c == 0x3043 || c == 0x3045 || c == 0x3047 || c == 0x3049 || c == 0x3083 ||
         c == 0x3085 || c == 0x3087;
}

bool is_vowel(char c) { return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o'; }

// Takes the vowel off the end of `out` and puts that of the small kana there.
void contract(std::string& out, char32_t small) {
  const std::string_view sound = syllable(small);
  const bool glides = sound.size() == 2;  // ya, yu, yo
  out.pop_back();
  const bool soft = out.ends_with("sh") || out.ends_with("ch") || out.ends_with('j');
  if (out.empty()) out = "w";  // うぃ
  out += glides && soft ? sound.substr(1) : sound;
}

// A long vowel is written once: おう, おお, うう.
bool is_lengthening(const std::string& out, char32_t c) {
  if (out.empty()) return false;
  const char last = out.back();
  return (c == 0x3046 && (last == 'o' || last == 'u')) || (c == 0x304A && last == 'o');
}

}  // namespace

std::string hepburn(std::u32string_view kana) {
  std::string out;
  bool doubled = false;
  for (const char32_t raw : kana) {
    const char32_t c = as_hiragana(raw);
    if (c == kSmallTsu) {
      doubled = true;
      continue;
    }
    if (c == kLongMark || is_lengthening(out, c)) continue;
    if (is_small(c) && !out.empty() && is_vowel(out.back())) {
      contract(out, c);
      continue;
    }
    const std::string_view sound = syllable(c);
    if (doubled && !sound.empty() && !is_vowel(sound.front())) {
      out += sound.starts_with("ch") ? 't' : sound.front();
    }
    doubled = false;
    out += sound;
  }
  return out;
}

}  // namespace minato::text
