#include "tabular/shape/outline.h"

#include <algorithm>
#include <array>

#include "text/blanks.h"
#include "text/japanese_date.h"
#include "text/numerals.h"
#include "text/utf8.h"

namespace minato::tabular {
namespace {

using text::trimmed;

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0x3000 || c == 0x00A0 || c == 0xFEFF;
}

bool is_newline(char32_t c) { return c == U'\n' || c == U'\r'; }

bool ascii_with_digit(std::string_view text) {
  bool digit = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return false;
    }
    digit = digit || (c >= '0' && c <= '9');
  }
  return digit;
}

bool strip_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) {
    return false;
  }
  text.remove_suffix(suffix.size());
  return true;
}

// 2024, 2024年, 2024年度, 平成30年, 令和元年度, R5.
bool is_year(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kEras{"明治", "大正", "昭和", "平成", "令和"};
  const bool marked =
      strip_suffix(text, "年度") || strip_suffix(text, "年") || strip_suffix(text, "FY");
  for (const std::string_view era : kEras) {
    if (marked && text.starts_with(era)) {
      text.remove_prefix(era.size());
      return text == "元" || text::read_numeral(text).kind != text::NumeralKind::kNone;
    }
  }
  const text::Numeral number = text::read_numeral(text);
  return number.kind == text::NumeralKind::kInteger && number.integer >= 1868 &&
         number.integer <= 2100 && text.find(',') == std::string_view::npos;
}

// "12", "52.7%", "2024/4/1", "9:00".
bool is_numeric(std::string_view text) {
  std::string_view number = text;
  strip_suffix(number, "%");
  strip_suffix(number, "％");
  if (text::read_numeral(trimmed(number)).kind != text::NumeralKind::kNone) {
    return true;
  }
  text::Moment moment;
  return text::read_moment(text, moment) != text::Reading::kOther;
}

constexpr std::array<std::string_view, 60> kUnits{
    "人",           "世帯", "件",   "円",  "千円", "百万円",
    "億円",         "万円", "％",   "%",   "㎡",   "m2",
    "m²",           "㎢",   "km2",  "km²", "k㎡",  "平方キロメートル",
    "平方メートル", "ha",   "ｈａ", "㎞",  "km",   "m",
    "ｍ",           "cm",   "㎝",   "mm",  "㎜",   "℃",
    "kWh",          "kg",   "㎏",   "g",   "t",    "ｔ",
    "トン",         "台",   "戸",   "棟",  "箇所", "か所",
    "ヶ所",         "カ所", "回",   "日",  "時間", "分",
    "歳",           "冊",   "校",   "本",  "頭",   "株",
    "名",           "床",   "ppm",  "m/s", "hPa",  "個"};

// "（速報値）": the brackets open with the text and close with it.
bool is_in_brackets(std::string_view label) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kBrackets{
      {{"(", ")"}, {"（", "）"}}};
  return std::any_of(kBrackets.begin(), kBrackets.end(), [&](const auto& pair) {
    return label.starts_with(pair.first) &&
           label.find(pair.second) == label.size() - pair.second.size();
  });
}

}  // namespace

bool copied_from_left(const RawRecord& record, std::size_t column) {
  return column > 0 && record.cells[column].filled &&
         record.cells[column].text == record.cells[column - 1].text;
}

Outline outline_of(const RawRecord& record) {
  Outline outline;
  bool dashes = true;
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const std::string_view text = record.cells[i].text;
    if (text.empty()) {
      continue;
    }
    if (static_cast<unsigned char>(text[0]) <= ' ' || text[0] == '\xE3' || text[0] == '\xC2' ||
        text[0] == '\xEF') {
      if (trimmed(text).empty()) {
        continue;
      }
    }
    if (copied_from_left(record, i)) {
      continue;
    }
    dashes = dashes && text.size() < 32 && text::is_dashes(trimmed(text));
    outline.first = outline.count == 0 ? static_cast<int>(i) : outline.first;
    outline.last = static_cast<int>(i);
    ++outline.count;
  }
  outline.only_dashes = outline.count > 0 && dashes;
  return outline;
}

Look look_of(std::string_view raw) {
  const std::string_view text = trimmed(raw);
  if (text.empty()) {
    return Look::kEmpty;
  }
  if (text::missing_mark(text) == text::MissingMark::kSign) {
    return Look::kMark;
  }
  if (text.size() <= 24 && is_year(text)) {
    return Look::kYear;
  }
  if (text.size() <= 72 && is_numeric(text)) {
    return Look::kNumeric;
  }
  return ascii_with_digit(text) ? Look::kCode : Look::kLabel;
}

std::string clean_label(std::string_view raw) {
  const std::string_view text = trimmed(raw);
  std::string out;
  std::string blanks;
  bool ascii_before = false;
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t begin = offset;
    const char32_t c = text::decode(text, offset);
    const std::string_view bytes = text.substr(begin, offset - begin);
    if (is_newline(c)) {
      continue;
    }
    if (is_blank(c)) {
      blanks += bytes;
      continue;
    }
    if (ascii_before && c < 0x80) {
      out += blanks;
    }
    blanks.clear();
    out += bytes;
    ascii_before = c < 0x80;
  }
  return out;
}

bool is_note(std::string_view raw) {
  static constexpr std::array<std::string_view, 24> kBegins{
      "資料", "注)",  "注）", "注：", "注:",  "注１", "注1",    "(注",
      "（注", "※",    "＊",   "*",    "出典", "出所", "備考",   "参考",
      "凡例", "注意", "[注",  "［注", "〔注", "【注", "（資料", "(資料"};
  const std::string label = clean_label(raw.substr(0, 256));
  return label == "注" || std::any_of(kBegins.begin(), kBegins.end(), [&label](std::string_view b) {
           return label.starts_with(b);
         });
}

bool is_unit_or_date_note(std::string_view raw) {
  std::string label = clean_label(raw.substr(0, 256));
  if (is_in_brackets(label)) {
    return true;
  }
  if (label.find("単位") != std::string::npos && label.size() <= 90) {
    return true;
  }
  std::string_view date = label;
  for (const std::string_view suffix : {"現在", "時点", "更新", "作成", "公表"}) {
    strip_suffix(date, suffix);
  }
  text::Moment moment;
  if (text::read_moment(date, moment) != text::Reading::kOther && moment.has_date) {
    return true;
  }
  return date.size() < label.size() && date.find("年") != std::string_view::npos;
}

std::string_view unit_of(std::string_view raw) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBrackets{
      {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"［", "］"}}};
  std::string_view text = trimmed(raw);
  for (const auto& [open, close] : kBrackets) {
    if (text.starts_with(open) && text.ends_with(close) &&
        text.size() > open.size() + close.size()) {
      text = trimmed(text.substr(open.size(), text.size() - open.size() - close.size()));
      break;
    }
  }
  for (const std::string_view prefix : {"単位：", "単位:"}) {
    if (text.starts_with(prefix)) {
      text = trimmed(text.substr(prefix.size()));
    }
  }
  return std::find(kUnits.begin(), kUnits.end(), text) != kUnits.end() ? text : std::string_view();
}

bool is_total_label(std::string_view raw) {
  if (raw.size() > 64) {
    return false;
  }
  const std::string label = clean_label(raw);
  return label == "合計" || label == "計" || label == "総計" || label == "総数";
}

}  // namespace minato::tabular
