#include "harvest/sources/page/edition.h"

#include <string_view>

#include "harvest/sources/page/edition_scanner.h"
#include "harvest/sources/page/plain_text.h"

namespace minato::harvest {
namespace {

constexpr char32_t kGone = 0x1;  // stands where a mark was

bool is_separator(char32_t c) {
  return std::u32string_view(U" _-.,:;~/・+=&|").find(c) != std::u32string_view::npos;
}

// Brackets with nothing (but marks and separators) inside.
bool drop_empty_brackets(PlainText& text) {
  for (std::size_t open = 0; open < text.size(); ++open) {
    if (text.plain[open] != U'(') continue;
    std::size_t close = open + 1;
    while (close < text.size() && (is_separator(text.plain[close]) || text.plain[close] == kGone)) {
      ++close;
    }
    if (close < text.size() && text.plain[close] == U')') {
      text.erase(open + 1, close + 1);
      text.original[open] = text.plain[open] = kGone;
      return true;
    }
  }
  return false;
}

bool is_word(char32_t c) { return is_ascii_letter(c) || is_digit(c); }

// What is left around the gaps: one separator where two words of ASCII would run together.
std::string joined(const PlainText& text) {
  std::u32string out;
  std::u32string plain;
  bool gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text.plain[i];
    if (c == kGone) {
      gap = true;
      while (!plain.empty() && is_separator(plain.back())) {
        plain.pop_back();
        out.pop_back();
      }
      continue;
    }
    if (gap && is_separator(c)) continue;
    if (gap && !plain.empty() && plain.back() != U'(' && c != U')' &&
        (is_word(plain.back()) || is_word(c))) {
      plain.push_back(U'-');
      out.push_back(is_word(plain[plain.size() - 2]) && is_word(c) ? U'-' : U' ');
    }
    gap = false;
    plain.push_back(c);
    out.push_back(text.original[i]);
  }
  std::size_t begin = 0;
  std::size_t end = out.size();
  while (begin < end && is_separator(plain[begin])) ++begin;
  while (end > begin && is_separator(plain[end - 1])) --end;
  return utf8_of(std::u32string_view(out).substr(begin, end - begin));
}

// "令和2年～令和6年", "2025年(令和7年)": what joins two marks goes with them.
std::size_t end_of_connector(const EditionScanner& scanner, const PlainText& text,
                             std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && end < from + 3 &&
         (is_separator(text.plain[end]) || text.plain[end] == U'か' || text.plain[end] == U'ら' ||
          text.plain[end] == U'と')) {
    ++end;
  }
  return end > from && end < text.size() && scanner.mark_at(end) ? end : from;
}

}  // namespace

EditionSplit split_edition(std::string_view text, const EditionRules& rules) {
  const PlainText whole = plain_text(text);
  const EditionScanner scanner(whole, rules);
  EditionSplit split;
  PlainText kept;
  for (std::size_t at = 0; at < whole.size();) {
    const auto mark = scanner.mark_at(at);
    if (!mark) {
      kept.push(whole.original[at], whole.plain[at]);
      ++at;
      continue;
    }
    if (!split.edition.empty()) split.edition += '+';
    split.edition += mark->label;
    kept.push(kGone, kGone);
    at = end_of_connector(scanner, whole, mark->end);
  }
  while (!split.edition.empty() && drop_empty_brackets(kept)) {
  }
  split.rest = joined(kept);
  return split;
}

std::optional<text::CalendarDate> first_date(std::string_view text) {
  const PlainText whole = plain_text(text);
  const EditionRules rules;
  const EditionScanner scanner(whole, rules);
  for (std::size_t at = 0; at < whole.size();) {
    const auto mark = scanner.mark_at(at);
    if (!mark) {
      ++at;
      continue;
    }
    const text::CalendarDate date{mark->year, mark->month, mark->day};
    if (mark->year != 0 && mark->day != 0 && text::exists(date)) return date;
    at = mark->end;
  }
  return std::nullopt;
}

}  // namespace minato::harvest
