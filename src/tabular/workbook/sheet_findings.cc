#include "tabular/workbook/sheet_findings.h"

#include <algorithm>

namespace minato::tabular {
namespace {

constexpr std::size_t kMaxListed = 20;

core::Finding finding(std::string id, std::int64_t row, core::LocalizedText message,
                      core::LocalizedText hint) {
  return {std::move(id), row, "", std::move(message), std::move(hint)};
}

core::Finding merged_cells(const SheetLayout& layout) {
  const std::string count = std::to_string(layout.merged.size());
  std::int64_t first = layout.merged.front().first_row;
  for (const auto& range : layout.merged) first = std::min(first, range.first_row);
  return finding(
      "merged_cells", first,
      {"結合セルが " + count + " か所あります。左上の値を結合範囲のすべてのセルに補いました。",
       count + " ranges of cells are merged: the first value of each was repeated over "
               "its range."},
      {"結合を解除し、すべてのセルに値を入れてください。",
       "Unmerge the cells and fill in every one."});
}

core::Finding hidden_columns(const std::vector<std::string>& letters) {
  std::string list;
  for (std::size_t i = 0; i < std::min(letters.size(), kMaxListed); ++i) {
    list += (i == 0 ? "" : ", ") + letters[i];
  }
  if (letters.size() > kMaxListed) list += ", ...";
  return finding("hidden_columns", 0,
                 {"非表示の列（" + list + "）があります。公開データに含まれています。",
                  "Columns " + list + " are hidden. They are part of the published data."},
                 {"公開しない列は削除し、公開する列は再表示して保存してください。",
                  "Delete columns that are not meant for publication; show the others."});
}

core::Finding hidden_rows(const SheetLayout& layout) {
  const std::string count = std::to_string(layout.hidden_rows);
  return finding(
      "hidden_rows", layout.first_hidden_row,
      {"非表示の行が " + count + " 行あります。公開データに含まれています。",
       count + " rows are hidden. They are part of the published data."},
      {"公開しない行は削除し、公開する行は再表示（フィルターは解除）して保存してください。",
       "Delete rows that are not meant for publication; show the others (clear filters)."});
}

core::Finding formulas_without_value(const SheetLayout& layout) {
  const std::string count = std::to_string(layout.formulas_without_value);
  return finding("formula_without_value", layout.first_such_row,
                 {"計算結果が保存されていない数式が " + count + " 個あり、空欄として扱いました。",
                  count + " formulas have no saved result and were read as empty cells."},
                 {"Excel で開いて保存し直すか、数式を値に置き換えてください。",
                  "Open and save the file in Excel, or replace the formulas by their values."});
}

core::Finding misplaced_rows(const SheetLayout& layout) {
  const std::string count = std::to_string(layout.misplaced_rows);
  return finding(
      "rows_out_of_order", layout.first_misplaced_row,
      {"行番号の順に並んでいない行が " + count + " 行あり、ファイル内の順に番号を付けました。",
       count + " rows do not stand in the order of their numbers; they were numbered in "
               "the order of the file."},
      {"Excel で開いて保存し直してください。", "Open the file in Excel and save it again."});
}

}  // namespace

std::vector<core::Finding> sheet_findings(const SheetLayout& layout) {
  std::vector<core::Finding> findings;
  if (!layout.merged.empty()) findings.push_back(merged_cells(layout));
  std::vector<std::string> letters;
  for (const auto& [first, last] : layout.hidden_columns) {
    for (std::uint32_t column = first;
         column <= last && column < layout.columns && letters.size() <= kMaxListed; ++column) {
      letters.push_back(column_letters(column));
    }
  }
  if (!letters.empty()) findings.push_back(hidden_columns(letters));
  if (layout.hidden_rows > 0) findings.push_back(hidden_rows(layout));
  if (layout.formulas_without_value > 0) findings.push_back(formulas_without_value(layout));
  if (layout.misplaced_rows > 0) findings.push_back(misplaced_rows(layout));
  return findings;
}

std::vector<core::Finding> hidden_sheet_findings(const std::vector<SheetInfo>& sheets) {
  std::vector<core::Finding> findings;
  for (const SheetInfo& sheet : sheets) {
    if (sheet.visible) continue;
    findings.push_back(
        finding("hidden_sheet", 0,
                {"非表示のシート「" + sheet.name + "」は読み込みませんでした。",
                 "The hidden sheet \"" + sheet.name + "\" was not read."},
                {"公開するシートは再表示し、公開しないシートはファイルから削除してください。",
                 "Show the sheet if it is meant for publication; else delete it from the file."}));
  }
  return findings;
}

core::Finding macros_finding() {
  return finding(
      "macros", 0,
      {"マクロ（プログラム）が入っています。元のファイルをダウンロードした人にも渡ります。",
       "The workbook has macros; whoever downloads the file gets them too."},
      {"Excel の「名前を付けて保存」で「Excel ブック (*.xlsx)」か CSV として保存し直してください。",
       "In Excel, save it as an Excel workbook (*.xlsx) or as CSV."});
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

}  // namespace minato::tabular
