#include "web/table/column_kind.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace minato::web {
namespace {

using core::ColumnType;

constexpr std::array<std::string_view, 21> kCodeWords = {
    "コード", "番号", "ＩＤ", "№",   "電話", "緯度", "経度", "座標",   "ＮＯ", "Ｎｏ", "code",
    "id",     "no",   "tel",  "fax", "zip",  "lat",  "lon",  "ページ", "頁",   "行番"};
constexpr std::array<std::string_view, 3> kYearWords = {"年", "西暦", "year"};

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
  return !has_any(words_of(column), kCodeWords) && !is_year(column) &&
         !is_serial_number(column, rows);
}

bool is_year(const core::TableColumn& column) {
  return column.type == ColumnType::kInteger && has_any(words_of(column), kYearWords) &&
         lies_within(column.statistics, 1000, 2999);
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
