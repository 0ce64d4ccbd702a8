#include "service/harvest/vocabulary.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/names.h"
#include "core/vocabularies.h"
#include "service/harvest/text.h"
#include "text/blanks.h"
#include "text/japanese_date.h"

namespace minato::service {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Drops any of `endings` from the end, again and again.
template <std::size_t N>
std::string_view without_endings(std::string_view text,
                                 const std::array<std::string_view, N>& endings) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view ending : endings) {
      if (text.size() <= ending.size() || !text.ends_with(ending)) continue;
      text = text::trimmed(text.substr(0, text.size() - ending.size()));
      again = true;
    }
  }
  return text;
}

// "CSV (Shift_JIS)" is "CSV", "XLSX[1.2MB]" is "XLSX".
std::string_view before_bracket(std::string_view text) {
  for (const std::string_view open : {"(", "[", "【", "〔", "<"}) {
    const std::size_t place = text.find(open);
    if (place != std::string_view::npos && place > 0) text = text.substr(0, place);
  }
  return text::trimmed(text);
}

constexpr std::array<std::string_view, 6> kFormatEndings{"形式",         "ファイル", "データ",
                                                         "フォーマット", "file",     "format"};

const core::FileFormat* one_format(std::string_view raw) {
  const std::string_view whole = text::trimmed(raw);
  if (const auto* found = core::find_file_format(whole)) return found;
  const std::string_view plain = without_endings(before_bracket(whole), kFormatEndings);
  if (const auto* found = core::find_file_format(plain)) return found;
  return plain.starts_with("*.") ? core::find_file_format(plain.substr(1)) : nullptr;
}

// XLS stands for any Excel file in "Excel" and in the media type that servers give to both.
bool same_family(std::string_view a, std::string_view b) {
  const auto is_excel = [](std::string_view name) {
    return name == "XLS" || name == "XLSX" || name == "XLSM";
  };
  return is_excel(a) && is_excel(b);
}

std::vector<std::string> formats_in(std::string_view raw) {
  std::vector<std::string> names;
  const auto add = [&names](const core::FileFormat* format) {
    if (format != nullptr) names.push_back(format->name);
    return format != nullptr;
  };
  if (add(one_format(raw)) || raw.starts_with("http")) return names;
  for (const std::string& part : split_text(raw, ",;/|+、，；・／")) add(one_format(part));
  if (!names.empty()) return names;
  for (const std::string& part : split_text(raw, " _")) add(one_format(part));
  return names;
}

}  // namespace

std::string read_license(std::string_view raw) {
  const std::string_view text = text::trimmed(raw);
  const core::License* found = core::find_license(text);
  return found == nullptr ? std::string() : found->id;
}

std::string read_format(const RawFormat& raw) {
  const std::string text = narrowed(raw.format);
  std::vector<std::string> names = formats_in(text::trimmed(text));
  const std::string by_url = core::format_of_url(raw.url);
  const auto is_named = [&](const std::string& name) { return name == by_url; };
  if (std::any_of(names.begin(), names.end(), is_named)) return by_url;
  if (!names.empty()) return same_family(names.front(), by_url) ? by_url : names.front();
  const core::FileFormat* by_type = core::find_file_format(raw.mimetype);
  if (by_type != nullptr && same_family(by_type->name, by_url)) return by_url;
  if (!by_url.empty()) return by_url;
  if (by_type != nullptr && raw.format.empty()) return by_type->name;
  return std::string(text::trimmed(raw.format));
}

namespace {

// "13 行財政", "13:行財政", "行財政（13）".
const core::Theme* one_theme(std::string_view raw) {
  std::string text = narrowed(raw);
  std::string_view plain = text::trimmed(text);
  if (const auto* found = core::find_theme(plain)) return found;
  // The names have "・", which sites also write in half width and as a comma.
  for (std::size_t place = 0; (place = text.find("･")) != std::string::npos;) {
    text.replace(place, std::string_view("･").size(), "・");
  }
  plain = before_bracket(text);
  if (const auto* found = core::find_theme(plain)) return found;
  while (!plain.empty() && (is_digit(plain.front()) || plain.front() == '.' ||
                            plain.front() == ':' || plain.front() == '_' || plain.front() == '-')) {
    plain.remove_prefix(1);
  }
  return core::find_theme(text::trimmed(plain));
}

}  // namespace

std::vector<std::string> read_themes(std::string_view raw) {
  if (const auto* theme = one_theme(raw)) return {theme->code};
  if (text::trimmed(raw).starts_with("http")) return {};
  std::vector<std::string> codes;
  for (const std::string& part : split_text(raw, ",;/|、，；／\n")) {
    const auto* theme = one_theme(part);
    if (theme != nullptr && std::find(codes.begin(), codes.end(), theme->code) == codes.end()) {
      codes.push_back(theme->code);
    }
  }
  return codes;
}

std::string read_frequency(std::string_view raw) {
  static constexpr std::array<std::string_view, 10> kEndings{
      "更新", "に更新", "程度", "予定", "公開", "公表", "します", "する", "。", "の"};
  const std::string text = narrowed(raw);
  std::string_view plain = text::trimmed(text);
  if (const auto* found = core::find_frequency(plain)) return found->code;
  plain = before_bracket(plain);
  if (const auto* found = core::find_frequency(plain)) return found->code;
  plain = without_endings(plain, kEndings);
  if (const auto* found = core::find_frequency(plain)) return found->code;
  // "年に1回", "月１回", "年一回".
  std::string numbers(plain);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"に", ""},
                                 {"一回", "1回"},
                                 {"二回", "2回"},
                                 {"四回", "4回"},
                                 {"一度", "1回"},
                                 {"度", "回"},
                                 {"ヵ月", "か月"},
                                 {"カ月", "か月"},
                                 {"ヶ月", "か月"},
                                 {"ケ月", "か月"}}) {
    const std::size_t place = numbers.find(from);
    if (place != std::string::npos) numbers.replace(place, from.size(), to);
  }
  const auto* found = core::find_frequency(numbers);
  return found == nullptr ? std::string() : found->code;
}

std::string read_language(std::string_view raw) {
  std::string_view text = text::trimmed(raw);
  if (text.starts_with("http")) text = text.substr(text.rfind('/') + 1);
  const std::string key = lower_ascii(text);
  for (const std::string_view japanese : {"ja", "jpn", "ja-jp", "ja_jp", "japanese", "日本語"}) {
    if (key == japanese) return "ja";
  }
  for (const std::string_view english : {"en", "eng", "english", "英語"}) {
    if (key == english) return "en";
  }
  return std::string(text);
}

namespace {

std::optional<std::string> whole_date(std::string_view text) {
  text::Moment moment;
  if (text::read_moment(text, moment) != text::Reading::kOk || !moment.has_date) {
    return std::nullopt;
  }
  std::array<char, text::kMaxIsoBytes> out{};
  return std::string(out.data(), text::write_date(moment.date, out.data()));
}

// "2024年4月", "2024/4", "2024年": a day is put behind to read it, and cut off again.
std::optional<std::string> partial_date(std::string_view text) {
  struct Shape {
    std::string_view ending;
    std::string_view rest;
    std::size_t kept;
  };
  static constexpr std::array<Shape, 5> kShapes{
      {{"月", "1日", 7}, {"", "/1", 7}, {"", "-1", 7}, {"年", "1月1日", 4}, {"", "年1月1日", 4}}};
  for (const Shape& shape : kShapes) {
    if (!text.ends_with(shape.ending)) continue;
    if (const auto date = whole_date(std::string(text) + std::string(shape.rest))) {
      return date->substr(0, shape.kept);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_date(std::string_view raw) {
  const std::string text = narrowed(raw);
  const std::string_view plain = text::trimmed(text);
  if (plain.empty()) return std::string();
  if (core::check_date(plain, "").empty()) return std::string(plain);
  if (plain.size() > 10 && (plain[10] == 'T' || plain[10] == ' ') &&
      core::check_date(plain.substr(0, 10), "").empty()) {
    return std::string(plain.substr(0, 10));
  }
  if (auto date = whole_date(plain)) return date;
  return partial_date(plain);
}

std::optional<std::string> read_municipality(std::string_view raw) {
  std::string code = narrowed(text::trimmed(raw));
  if (code.size() == 5 && std::all_of(code.begin(), code.end(), is_digit)) {
    int sum = 0;
    for (std::size_t i = 0; i < 5; ++i) sum += (code[i] - '0') * (6 - static_cast<int>(i));
    code += static_cast<char>('0' + (11 - sum % 11) % 10);
  }
  if (!core::check_municipality_code(code, "").empty()) return std::nullopt;
  return code;
}

}  // namespace minato::service
