#include "storage/sqlite/tables/index_plan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::int64_t kFewRows = 2'000;  // a scan is quick enough
constexpr std::int64_t kMaxIndexes = 8;
// An index of a million rows takes a fair part of the time and size of the table itself.
constexpr std::int64_t kMaxIndexedCells = 2'000'000;
constexpr std::int64_t kMaxCategories = 5'000;
constexpr double kLongText = 64;
constexpr double kNearlyUnique = 0.95;

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// As a word of its own: "no" in "施設no", "facility_no" and "no.", but not in "note".
bool has_word(std::string_view name, std::string_view word) {
  for (auto at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_letter(name[at - 1])) && (end == name.size() || !is_letter(name[end]))) {
      return true;
    }
  }
  return false;
}

bool named_as_key(std::string_view name) {
  constexpr std::array<std::string_view, 5> kParts = {"コード", "番号", "ＩＤ", "ＮＯ", "№"};
  const std::string lower = lower_ascii(name);
  return std::any_of(
             kParts.begin(), kParts.end(),
             [&](std::string_view part) { return lower.find(part) != std::string::npos; }) ||
         has_word(lower, "code") || has_word(lower, "id") || has_word(lower, "no");
}

bool is_time(core::ColumnType type) {
  return type == core::ColumnType::kDate || type == core::ColumnType::kDatetime;
}

// Smaller is more useful; nullopt: no index.
std::optional<int> rank(const core::TableColumn& column, std::int64_t rows, double mean_bytes) {
  const std::int64_t values = rows - column.statistics.nulls;
  const std::int64_t distinct = column.statistics.distinct;
  if (distinct < 2 || mean_bytes > kLongText) return std::nullopt;
  if (named_as_key(column.name)) return 0;
  const bool text = column.type == core::ColumnType::kString;
  const bool unique = static_cast<double>(distinct) >= kNearlyUnique * static_cast<double>(values);
  if (unique && values * 2 > rows && (text || column.type == core::ColumnType::kInteger)) return 1;
  if (text && distinct <= kMaxCategories && distinct * 2 < values) return 2;
  if (is_time(column.type)) return 3;
  if (column.type == core::ColumnType::kInteger && distinct <= kMaxCategories) return 4;
  return std::nullopt;
}

}  // namespace

std::vector<std::size_t> plan_indexes(const core::TableSchema& schema,
                                      const std::vector<ColumnWeight>& weights) {
  if (schema.rows <= kFewRows) return {};
  std::vector<std::pair<int, std::size_t>> candidates;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (const auto found = rank(schema.columns[i], schema.rows, weights[i].mean_bytes)) {
      candidates.emplace_back(*found, i);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  const auto most = std::clamp<std::int64_t>(kMaxIndexedCells / schema.rows, 1, kMaxIndexes);
  std::vector<std::size_t> plan;
  for (const auto& [unused, place] : candidates) {
    if (plan.size() == static_cast<std::size_t>(most)) break;
    plan.push_back(place);
  }
  return plan;
}

}  // namespace minato::storage::sqlite::tables
