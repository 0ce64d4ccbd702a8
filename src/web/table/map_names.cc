#include "web/table/map_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace minato::web {
namespace {

constexpr std::array<std::string_view, 10> kNameWords = {
    "名称", "施設名", "店名", "名前", "件名", "スポット名", "name", "Name", "NAME", "title"};
// The same name in another script, and names of something else: towns, owners, bodies.
constexpr std::array<std::string_view, 17> kOtherWords = {
    "カナ",     "かな",     "フリガナ", "ふりがな", "ヨミ", "英",   "ローマ字", "kana", "_en",
    "市区町村", "都道府県", "団体",     "法人",     "所有", "管理", "区分",     "user"};

template <typename Words>
bool has_any(std::string_view name, const Words& words) {
  return std::any_of(words.begin(), words.end(), [name](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

bool is_text(const core::TableColumn& column) {
  return column.type == core::ColumnType::kString && column.role == core::ColumnRole::kNone &&
         column.statistics.distinct > 0;
}

}  // namespace

std::optional<std::size_t> place_names(const core::TableSchema& schema) {
  const auto first = [&](const auto& suits) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      if (is_text(schema.columns[i]) && suits(schema.columns[i])) return i;
    }
    return std::nullopt;
  };
  const auto named = first([](const core::TableColumn& column) {
    return has_any(column.name, kNameWords) && !has_any(column.name, kOtherWords);
  });
  if (named) return named;
  // Else texts that differ from row to row, as names do.
  const auto different = first([&](const core::TableColumn& column) {
    return column.statistics.distinct * 10 >= (schema.rows - column.statistics.nulls) * 9 &&
           column.statistics.nulls * 2 < schema.rows && !has_any(column.name, kOtherWords);
  });
  return different ? different : first([](const core::TableColumn&) { return true; });
}

}  // namespace minato::web
