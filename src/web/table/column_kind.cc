#include "web/table/column_kind.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace minato::web {
namespace {

using core::ColumnType;

constexpr std::array<std::string_view, 35> kCodeWords = {
    "コード", "番号", "ＩＤ", "№",        "電話",      "緯度",  "経度",   "座標",  "ＮＯ",
    "Ｎｏ",   "code", "cd",   "id",       "no",        "tel",   "fax",    "zip",   "lat",
    "lon",    "lng",  "long", "latitude", "longitude", "phone", "郵便",   "〒",    "ページ",
    "頁",     "行番", "連番", "通番",     "項番",      "順番",  "表示順", "並び順"};
// Of names as a whole: 降水の行 is a line of a text, 銀行数 is none; 月 is a month, 月額 an amount.
constexpr std::array<std::string_view, 5> kCodeEndings = {"の行", "行目", "枝番", "号線", "丁目"};
constexpr std::array<std::string_view, 17> kTimeParts = {
    "月",  "日",   "時",   "分",   "週",     "曜日", "四半期", "学年", "month",
    "day", "date", "hour", "week", "minute", "行",   "号",     "期"};
constexpr std::array<std::string_view, 5> kYearEndings = {"年", "年度", "年次", "西暦", "年号"};
constexpr std::array<std::string_view, 4> kAddresses = {"url", "http", "mail", "メール"};
constexpr std::array<std::string_view, 14> kRemarks = {
    "備考", "特記", "注記", "摘要",     "住所",     "所在地",  "方書",
    "カナ", "かな", "ｶﾅ",   "フリガナ", "ふりがな", "address", "kana"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Latin words only as a whole: "id" is not in "width".
bool has_word(std::string_view name, std::string_view word) {
  for (std::size_t at = name.find(word); at != std::string_view::npos;
       at = name.find(word, at + 1)) {
    const bool latin = is_letter(word.front());
    const bool starts = !latin || at == 0 || !is_letter(name[at - 1]);
    const std::size_t end = at + word.size();
    const bool ends = !latin || end == name.size() || !is_letter(name[end]);
    if (starts && ends) return true;
  }
  return false;
}

template <typename Words>
bool has_any(const std::string& name, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return has_word(name, word); });
}

bool lies_within(const core::ColumnStatistics& statistics, std::int64_t low, std::int64_t high) {
  const auto* min = std::get_if<std::int64_t>(&statistics.min);
  const auto* max = std::get_if<std::int64_t>(&statistics.max);
  return min != nullptr && max != nullptr && *min >= low && *max <= high;
}

std::string words_of(const core::TableColumn& column) {
  return lower(column.name + " " + column.title);
}

// Its last part, without a unit or remark in brackets: 月 of 調査_月（数字）.
std::string_view last_name(std::string_view name) {
  name = name.substr(0, std::min({name.find('('), name.find("（"), name.size()}));
  return name.substr(std::min(name.rfind('_') + 1, name.size()));
}

bool is_part_of_time(const core::TableColumn& column) {
  const std::string name = lower(column.name);
  return std::find(kTimeParts.begin(), kTimeParts.end(), last_name(name)) != kTimeParts.end();
}

bool ends_like_code(const core::TableColumn& column) {
  const std::string_view name = last_name(column.name);
  return std::any_of(kCodeEndings.begin(), kCodeEndings.end(),
                     [name](std::string_view ending) { return name.ends_with(ending); });
}

// 年度, 供用開始年, "Year"; but 令和2年 heads the figures of a year, and 年間利用者数 are people.
bool names_year(const core::TableColumn& column) {
  const std::string whole = words_of(column);
  if (has_word(whole, "year") || whole.find("西暦") != std::string::npos) return true;
  const std::string_view name = last_name(column.name);
  const auto ending = std::find_if(kYearEndings.begin(), kYearEndings.end(),
                                   [name](std::string_view end) { return name.ends_with(end); });
  if (ending == kYearEndings.end()) return false;
  const std::string_view stem = name.substr(0, name.size() - ending->size());
  const bool digit = !stem.empty() && stem.back() >= '0' && stem.back() <= '9';
  // ０ to ９ end with 0xBC 0x90 to 0x99.
  const bool wide = stem.size() >= 3 && stem.substr(stem.size() - 3).starts_with("\xEF\xBC") &&
                    static_cast<unsigned char>(stem.back()) >= 0x90 &&
                    static_cast<unsigned char>(stem.back()) <= 0x99;
  return !digit && !wide && !stem.ends_with("元");
}

bool is_code(const core::TableColumn& column) {
  return has_any(words_of(column), kCodeWords) || ends_like_code(column);
}

// Of a page or a mailbox: also FormURL.
bool is_address(const core::TableColumn& column) {
  const std::string words = words_of(column);
  return std::any_of(kAddresses.begin(), kAddresses.end(),
                     [&](std::string_view word) { return words.find(word) != std::string::npos; });
}

// 1 where something is so: nothing to add up, though it could be counted.
bool is_flag(const core::TableColumn& column) {
  return column.type == ColumnType::kInteger && lies_within(column.statistics, 0, 1);
}

// 1, 2, 3, ... of the rows.
bool is_serial_number(const core::TableColumn& column, std::int64_t rows) {
  return rows > 1 && names_rows(column, rows) && lies_within(column.statistics, 0, rows);
}

}  // namespace

bool is_number_type(ColumnType type) {
  return type == ColumnType::kInteger || type == ColumnType::kNumber;
}

bool is_time_type(ColumnType type) {
  return type == ColumnType::kDate || type == ColumnType::kDatetime || type == ColumnType::kTime;
}

bool names_rows(const core::TableColumn& column, std::int64_t rows) {
  const core::ColumnStatistics& statistics = column.statistics;
  return statistics.nulls == 0 && statistics.distinct_exact && statistics.distinct == rows;
}

bool is_amount(const core::TableColumn& column, std::int64_t rows) {
  if (!is_number_type(column.type) || column.role != core::ColumnRole::kNone) return false;
  return !is_code(column) && !is_part_of_time(column) && !names_year(column) && !is_flag(column) &&
         !is_serial_number(column, rows);
}

bool is_year(const core::TableColumn& column) {
  return column.type == ColumnType::kInteger && names_year(column) &&
         lies_within(column.statistics, 1000, 2999);
}

bool is_label(const core::TableColumn& column) {
  const bool text = column.type == ColumnType::kString || column.type == ColumnType::kBoolean;
  if (!text || column.role != core::ColumnRole::kNone || is_code(column)) return false;
  return !has_any(words_of(column), kRemarks) && !is_address(column);
}

bool is_class(const core::TableColumn& column) {
  constexpr std::array<std::string_view, 6> kClasses = {"コード", "code", "備考",
                                                        "特記",   "注記", "摘要"};
  return has_any(words_of(column), kClasses) && !is_address(column);
}

bool is_in_order(const core::TableColumn& column) {
  constexpr std::array<std::string_view, 16> kWords = {
      "年",   "月",   "曜",   "齢",    "年代", "時期", "期間", "時間帯",
      "階級", "規模", "year", "month", "week", "day",  "age",  "period"};
  return column.type == ColumnType::kString && has_any(words_of(column), kWords);
}

const std::string& type_words(ColumnType type, const Texts& texts) {
  switch (type) {
    case ColumnType::kInteger:
      return texts["table_type_integer"];
    case ColumnType::kNumber:
      return texts["table_type_number"];
    case ColumnType::kBoolean:
      return texts["table_type_boolean"];
    case ColumnType::kDate:
      return texts["table_type_date"];
    case ColumnType::kDatetime:
      return texts["table_type_datetime"];
    case ColumnType::kTime:
      return texts["table_type_time"];
    case ColumnType::kString:
      break;
  }
  return texts["table_type_string"];
}

}  // namespace minato::web
