#include "harvest/sources/page/edition_scanner.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "core/names.h"

namespace minato::harvest {
namespace {

struct Era {
  std::u32string_view word;
  int before_first_year;
  int last_year;
};
constexpr std::array<Era, 9> kEras = {{{U"令和", 2018, 60},
                                       {U"平成", 1988, 31},
                                       {U"昭和", 1925, 64},
                                       {U"reiwa", 2018, 60},
                                       {U"heisei", 1988, 31},
                                       {U"showa", 1925, 64},
                                       {U"令", 2018, 60},
                                       {U"平", 1988, 31},
                                       {U"昭", 1925, 64}}};

bool is_month(int month) { return month >= 1 && month <= 12; }
bool is_day(int day) { return day >= 1 && day <= 31; }
bool is_plausible_year(int year) { return year >= 1950 && year <= 2060; }

// Two digits of a year in a file name: 08 is 令和8年, 25 is 2025.
int year_of_two_digits(int year) { return year <= 18 ? 2018 + year : 2000 + year; }

std::string date_label(const EditionMark& mark) {
  std::array<char, 40> out{};
  if (mark.day != 0) {
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", mark.year, mark.month, mark.day);
  } else if (mark.month != 0) {
    std::snprintf(out.data(), out.size(), "%04d-%02d", mark.year, mark.month);
  } else {
    std::snprintf(out.data(), out.size(), "%04d", mark.year);
  }
  return out.data();
}

std::optional<EditionMark> dated(EditionMark mark) {
  mark.label = date_label(mark) + mark.label;
  return mark;
}

}  // namespace

std::size_t EditionScanner::run(std::size_t from) const {
  std::size_t end = from;
  while (end < text_.size() && is_digit(text_.plain[end])) ++end;
  return end - from;
}

int EditionScanner::number(std::size_t from, std::size_t length) const {
  int value = 0;
  for (std::size_t i = from; i < from + std::min<std::size_t>(length, 9); ++i) {
    value = value * 10 + static_cast<int>(text_.plain[i] - U'0');
  }
  return value;
}

bool EditionScanner::begins_word(std::size_t from) const {
  if (!is_ascii_letter(before(from))) return true;
  // "aedR7": a capital behind a small letter begins a word too.
  const char32_t first = text_.original[from];
  const char32_t last = text_.original[from - 1];
  return first < U'a' && last >= U'a';
}

// 年4月1日, as far as it goes.
void EditionScanner::read_date_in_words(std::size_t from, EditionMark& mark) const {
  const auto skip_blanks = [&] {
    while (at(from) == U' ') ++from;
  };
  mark.end = ++from;
  skip_blanks();
  const std::size_t month_digits = run(from);
  if (month_digits < 1 || month_digits > 2 || at(from + month_digits) != U'月' ||
      !is_month(number(from, month_digits))) {
    return;
  }
  mark.month = number(from, month_digits);
  from += month_digits + 1;
  mark.end = from;
  skip_blanks();
  const std::size_t day_digits = run(from);
  if (day_digits >= 1 && day_digits <= 2 && at(from + day_digits) == U'日' &&
      is_day(number(from, day_digits))) {
    mark.day = number(from, day_digits);
    mark.end = from + day_digits + 1;
  }
}

void EditionScanner::read_rest_of_date(std::size_t from, EditionMark& mark) const {
  mark.end = from;
  for (const std::u32string_view word : {U"年度", U"nendo", U"fy", U"nen"}) {
    if (!text_.has(from, word)) continue;
    mark.end = from + word.size();
    return;
  }
  const char32_t separator = at(from);
  if (separator == U'年') return read_date_in_words(from, mark);
  if (separator != U'.' && separator != U'-' && separator != U'/' && separator != U'_') return;
  ++from;
  const std::size_t month_digits = run(from);
  const bool short_enough = month_digits == 2 || (month_digits == 1 && separator != U'_');
  if (!short_enough || !is_month(number(from, month_digits))) return;
  mark.month = number(from, month_digits);
  from += month_digits;
  mark.end = from;
  if (at(from) != separator) return;
  const std::size_t day_digits = run(from + 1);
  if (day_digits >= 1 && day_digits <= 2 && is_day(number(from + 1, day_digits))) {
    mark.day = number(from + 1, day_digits);
    mark.end = from + 1 + day_digits;
  }
}

std::optional<EditionMark> EditionScanner::era(std::size_t from) const {
  for (const Era& era : kEras) {
    if (!text_.has(from, era.word)) continue;
    if (is_ascii_letter(era.word[0]) && !begins_word(from)) continue;
    std::size_t year = from + era.word.size();
    while (at(year) == U' ' || (is_ascii_letter(era.word[0]) && at(year) == U'_')) ++year;
    std::size_t digits = run(year);
    EditionMark mark;
    if (at(year) == U'元') {
      mark.year = era.before_first_year + 1;
      digits = 1;
    } else if (digits == 1 || digits == 2) {
      const int number_of_year = number(year, digits);
      if (number_of_year < 1 || number_of_year > era.last_year) continue;
      mark.year = era.before_first_year + number_of_year;
    } else {
      continue;
    }
    if (era.word.size() == 1 && at(year + digits) != U'年' && at(year + digits) != U'.') continue;
    read_rest_of_date(year + digits, mark);
    return dated(mark);
  }
  return era_letter(from);
}

// R7, r07, H31, r0704, R70401, r070401.
std::optional<EditionMark> EditionScanner::era_letter(std::size_t from) const {
  const char32_t letter = at(from);
  if ((letter != U'r' && letter != U'h' && letter != U's') || !begins_word(from)) return {};
  const std::size_t length = run(from + 1);
  if (length == 0 || length > 6) return {};
  const std::size_t year_digits = length <= 2 ? length : 2 - length % 2;
  const int year = number(from + 1, year_digits);
  const int last = letter == U'r' ? 60 : letter == U'h' ? 31 : 64;
  if (year < 1 || year > last || (letter == U's' && year < 20)) return {};
  EditionMark mark;
  mark.year = year + (letter == U'r' ? 2018 : letter == U'h' ? 1988 : 1925);
  const std::size_t end = from + 1 + length;
  if (length <= 2) {
    read_rest_of_date(end, mark);
    // "r2d2" is none, "R7aed" is one.
    const bool capital = text_.original[from] != letter;
    if (mark.end == end && is_ascii_letter(at(end)) && !capital) return {};
    return dated(mark);
  }
  mark.month = number(from + 1 + year_digits, 2);
  mark.day = length > 4 ? number(from + 3 + year_digits, 2) : 0;
  if (!is_month(mark.month) || (length > 4 && !is_day(mark.day))) return {};
  mark.end = end;
  return dated(mark);
}

std::optional<EditionMark> EditionScanner::western(std::size_t from) const {
  if (run(from) != 4 || is_digit(before(from))) return {};
  EditionMark mark;
  mark.year = number(from, 4);
  const bool in_words = at(from + 4) == U'年';
  if (in_words ? mark.year < 1868 || mark.year > 2100 : !is_plausible_year(mark.year)) return {};
  read_rest_of_date(from + 4, mark);
  return dated(mark);
}

void EditionScanner::read_time(EditionMark& mark) const {
  std::size_t from = mark.end;
  if (at(from) == U'_' || at(from) == U'-' || at(from) == U't') ++from;
  const std::size_t length = run(from);
  if (from == mark.end || (length != 4 && length != 6)) return;
  if (number(from, 2) > 24 || number(from + 2, 2) > 59) return;
  mark.label = "T" + utf8_of(std::u32string_view(text_.plain).substr(from, length));
  mark.end = from + length;
}

// 20250401, 202606, 250401, 20250401123456; in file names 2603 at the end.
std::optional<EditionMark> EditionScanner::digits(std::size_t from) const {
  const std::size_t length = run(from);
  if (length < 4 || length > 17 || is_digit(before(from))) return {};
  const std::string written = utf8_of(std::u32string_view(text_.plain).substr(from, length));
  EditionMark mark;
  mark.end = from + length;
  if (length >= 8 && is_plausible_year(number(from, 4))) {
    mark.year = number(from, 4);
    mark.month = number(from + 4, 2);
    mark.day = number(from + 6, 2);
    const bool has_time =
        length == 8 || length == 10 || length == 12 || length == 14 || length == 17;
    if (!has_time || !is_month(mark.month) || !is_day(mark.day)) return {};
    if (length == 8) read_time(mark);
    if (length > 8) mark.label = "T" + written.substr(8);
    return dated(mark);
  }
  if (!rules_.file_name) return {};
  if ((length == 10 && written >= "1300000000" && written <= "2500000000") ||
      (length == 13 && written >= "1300000000000" && written <= "2500000000000")) {
    mark.label = "e" + written.substr(0, 10);  // seconds since 1970
    return mark;
  }
  if (length == 6) {
    const bool organization =
        written == rules_.organization ||
        (written.starts_with("14") && core::check_municipality_code(written, "").empty());
    if (organization) return {};
    if (is_plausible_year(number(from, 4)) && is_month(number(from + 4, 2))) {
      mark.year = number(from, 4);
      mark.month = number(from + 4, 2);
      return dated(mark);
    }
    mark.day = number(from + 4, 2);
    if (!is_day(mark.day)) return {};
  } else if (length != 4 || mark.end != text_.size() || from == 0) {
    return {};
  }
  const int year = number(from, 2);
  mark.month = number(from + 2, 2);
  if (year < 1 || year > 40 || !is_month(mark.month)) return {};
  mark.year = year_of_two_digits(year);
  return dated(mark);
}

// 4月, 10月分, 4月1日, 6年度: without their year.
std::optional<EditionMark> EditionScanner::month(std::size_t from) const {
  const std::size_t length = run(from);
  if (length < 1 || length > 2 || is_digit(before(from)) || before(from) == U'第') return {};
  EditionMark mark;
  mark.month = number(from, length);
  std::size_t end = from + length;
  if (text_.has(end, U"年度")) {
    mark.year = 2018 + std::exchange(mark.month, 0);
    mark.end = end + 2;
    return dated(mark);
  }
  if (at(end) != U'月' || !is_month(mark.month)) return {};
  mark.end = end + 1;
  const std::size_t day = run(mark.end);
  if (day >= 1 && day <= 2 && at(mark.end + day) == U'日' && is_day(number(mark.end, day))) {
    mark.day = number(mark.end, day);
    mark.end += day + 1;
  }
  return dated(mark);
}

std::optional<EditionMark> EditionScanner::version(std::size_t from) const {
  std::size_t at_number = from;
  bool counted = at(from) == U'第';
  if (counted) {
    ++at_number;
  } else {
    if (!begins_word(from)) return {};
    for (const std::u32string_view word :
         {U"version", U"ver.", U"ver", U"rev.", U"rev", U"v.", U"v"}) {
      if (!text_.has(from, word)) continue;
      at_number += word.size();
      break;
    }
    if (at_number == from && !(rules_.file_name && at(from) == U'(')) return {};
    if (at_number == from) ++at_number;
  }
  const bool bracket = at(from) == U'(';
  std::string label = "v";
  std::size_t end = at_number;
  while (true) {
    const std::size_t length = run(end);
    if (length == 0 || length > (bracket ? 2U : 4U)) return {};
    std::array<char, 16> part{};
    std::snprintf(part.data(), part.size(), "%05d", number(end, length));
    label += part.data();
    end += length;
    if (at(end) != U'.' || !is_digit(at(end + 1)) || bracket) break;
    label += '.';
    ++end;
  }
  if (counted && at(end) != U'版') return {};
  if (bracket && at(end) != U')') return {};
  if (!counted && !bracket && is_ascii_letter(at(end))) return {};
  EditionMark mark;
  mark.end = counted || bracket ? end + 1 : end;
  mark.label = label;
  return mark;
}

// 第1四半期, 上半期: within the year that stands before them.
std::optional<EditionMark> EditionScanner::part_of_year(std::size_t from) const {
  EditionMark mark;
  if (at(from) == U'第' && is_digit(at(from + 1)) && text_.has(from + 2, U"四半期")) {
    mark.end = from + 5;
    mark.label = "q" + std::to_string(number(from + 1, 1));
    return mark;
  }
  constexpr std::array<std::pair<std::u32string_view, std::string_view>, 6> kHalves = {
      {{U"上半期", "q1"},
       {U"下半期", "q3"},
       {U"上期", "q1"},
       {U"下期", "q3"},
       {U"前期", "q1"},
       {U"後期", "q3"}}};
  for (const auto& [word, label] : kHalves) {
    // 後期高齢者 is no half of a year.
    if (!text_.has(from, word) || text_.has(from + word.size(), U"高齢")) continue;
    mark.end = from + word.size();
    mark.label = label;
    return mark;
  }
  return {};
}

std::optional<EditionMark> EditionScanner::latest(std::size_t from) const {
  for (const std::u32string_view word :
       {U"最新版", U"最新", U"latest", U"saishin", U"saisin", U"newest"}) {
    if (!text_.has(from, word)) continue;
    const std::size_t end = from + word.size();
    if (is_ascii_letter(word[0]) && (!begins_word(from) || is_ascii_letter(at(end)))) continue;
    EditionMark mark;
    mark.end = end;
    mark.label = "~latest";
    return mark;
  }
  return {};
}

void EditionScanner::skip_suffixes(EditionMark& mark) const {
  constexpr std::array<std::u32string_view, 13> kSuffixes = {
      U"現在",   U"時点", U"末日", U"末",   U"分",     U"改訂版", U"改定版",
      U"更新版", U"更新", U"版",   U"公表", U"確定値", U"速報値"};
  for (bool again = true; again;) {
    again = false;
    for (const std::u32string_view word : kSuffixes) {
      if (!text_.has(mark.end, word)) continue;
      // 分別, 分類, 分布, 分析 are words of their own; 更新日 is a label.
      const char32_t next = at(mark.end + word.size());
      if (word == U"分" && std::u32string_view(U"別類布析野").find(next) != std::u32string::npos &&
          next != 0) {
        continue;
      }
      if (word == U"更新" && next == U'日') continue;
      mark.end += word.size();
      again = true;
    }
  }
}

std::optional<EditionMark> EditionScanner::mark_at(std::size_t from) const {
  // What a mark can begin with.
  constexpr std::u32string_view kFirst = U"0123456789令平昭第上下前後最rhsvln(";
  if (kFirst.find(text_.plain[from]) == std::u32string_view::npos) return std::nullopt;
  using Rule = std::optional<EditionMark> (EditionScanner::*)(std::size_t) const;
  constexpr std::array<Rule, 7> kRules = {&EditionScanner::era,          &EditionScanner::western,
                                          &EditionScanner::digits,       &EditionScanner::month,
                                          &EditionScanner::part_of_year, &EditionScanner::version,
                                          &EditionScanner::latest};
  for (const Rule rule : kRules) {
    auto mark = (this->*rule)(from);
    if (!mark) continue;
    skip_suffixes(*mark);
    return mark;
  }
  return {};
}

}  // namespace minato::harvest
