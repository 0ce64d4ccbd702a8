#include "tabular/types/finding_texts.h"

#include <array>

namespace minato::tabular {
namespace {

struct FindingText {
  std::string_view id;
  std::string_view ja;
  std::string_view en;
  std::string_view hint_ja;
  std::string_view hint_en;
};

constexpr FindingText kTexts[] = {
    // ---- Shape
    {"lines_above_header", "見出し行の上に {n} 行あります（{text}）。",
     "There are {n} lines above the header ({text}).",
     "表題や注記はデータセットの説明へ移し、1 行目を見出しにしてください。",
     "Move titles and notes to the dataset's description; begin with the header."},
    {"linkdata_preamble", "LinkData 形式の前置きが {n} 行あります。",
     "There are {n} lines of a LinkData preamble.", "前置きを外し、1 行目を見出しにしてください。",
     "Leave the preamble out; begin with the header."},
    {"header_of_several_rows", "見出しが {n} 行あります。「_」でつないで列名にしました。",
     "The header has {n} rows; they were joined with \"_\".",
     "見出しは 1 行にし、列名を重複なく付けてください。",
     "Give one header row with a name of its own for each column."},
    {"gap_below_header", "見出しとデータの間に空行があります。",
     "Blank records stand between the header and the data.", "空行を除いてください。",
     "Remove the blank records."},
    {"unit_row", "見出しの下に単位の行があります。", "A row of units stands below the header.",
     "単位は列名または列の定義に書いてください。",
     "Give units in the names or definitions of the columns."},
    {"no_header", "見出し行がありません。列1、列2…と名付けました。",
     "There is no header; the columns were named 列1, 列2 and so on.",
     "1 行目に列名を入れてください。", "Put the names of the columns into the first row."},
    {"empty_header_cell", "列名が空です。「{text}」と名付けました。",
     "The column has no name; it was named {text}.", "列名を入れてください。",
     "Give the column a name."},
    {"duplicate_header", "列名「{text}」が重複しています。番号を付けて区別しました。",
     "The name {text} occurs more than once; a number was added.", "列名を重複なく付けてください。",
     "Give each column a name of its own."},
    {"blank_rows", "空行が {n} 行あります。読み飛ばしました。",
     "There are {n} blank records; they were passed over.", "空行を除いてください。",
     "Remove the blank records."},
    {"empty_leading_columns", "表の左に空の列が {n} 列あります。",
     "There are {n} empty columns to the left of the table.", "空の列を除いてください。",
     "Remove the empty columns."},
    {"section_heading", "行の間に見出しだけの行が {n} 行あります（{text}）。行としては扱いません。",
     "There are {n} lone headings between the rows ({text}); they are no rows.",
     "区分を表す列を設けて、各行に値を入れてください。",
     "Add a column for the section and give its value in each row."},
    {"footnote", "表の下に注記が {n} 行あります（{text}）。",
     "There are {n} lines of notes below the table ({text}).",
     "注記はデータセットの説明へ移してください。", "Move notes to the dataset's description."},
    {"total_row", "最後の行は合計（{text}）です。行から除きました。",
     "The last row is a total ({text}); it is not among the rows.",
     "合計行を除いてください。合計は集計 API で求められます。",
     "Leave totals out; the aggregate API gives them."},
    {"repeated_header", "見出しが途中で {n} 回繰り返されています。読み飛ばしました。",
     "The header is repeated {n} times between the rows; it was passed over.",
     "見出しは先頭の 1 回だけにしてください。", "Give the header once, at the top."},
    {"only_dashes", "記号（{text}）だけの行が {n} 行あります。空行として扱いました。",
     "There are {n} records of marks ({text}) only; they count as blank.",
     "値のない行を除いてください。", "Remove records without values."},
    {"ragged_rows", "見出しと列数の違う行が {n} 行あります。",
     "{n} records have more or fewer cells than the header.",
     "区切り文字や引用符を確かめ、列数をそろえてください。",
     "Check delimiters and quotes; give all records the same number of cells."},
    {"several_tables", "1 つのファイル（シート）に表が {n} つあります。それぞれ別の表にしました。",
     "There are {n} tables in one file or sheet; each became a table of its own.",
     "1 ファイル（シート）に 1 つの表としてください。", "Give one table per file or sheet."},
    {"too_many_tables", "表が {n} を超えるため、残りは読みませんでした。",
     "There are more than {n} tables; the rest was not read.", "ファイルを分けてください。",
     "Split the file."},
    {"table_without_rows", "表「{text}」には行がありません。取り込みませんでした。",
     "The table \"{text}\" has no rows; it was left out.", "データの行を入れてください。",
     "Add rows of data."},
    {"empty_sheet", "シート「{text}」は空です。", "The sheet \"{text}\" is empty.",
     "空のシートを除いてください。", "Remove empty sheets."},
    // ---- Values
    {"empty_column", "この列には値がありません。", "The column has no values.",
     "使わない列は除くか、値を入れてください。", "Fill the column or leave it out."},
    {"missing_marks", "欠損を表す記号（{text}）が {n} 個あります。空の値として扱いました。",
     "{n} cells hold a mark for a missing value ({text}); they became null.",
     "欠損は空欄にし、記号の意味を列の定義に書いてください。",
     "Leave missing values empty and explain marks in the column's definition."},
    {"outer_spaces", "値の前後に余分な空白のあるセルが {n} 個あります。除いて読みました。",
     "{n} cells have blanks before or after the value; they were removed.",
     "値の前後の空白を除いてください。", "Remove blanks around values."},
    {"decorated_numbers",
     "桁区切り、全角文字または△で書かれた数値が {n} 個あります。数値に直しました。",
     "{n} numbers are written with separators, full-width characters or a triangle; they were "
     "converted.",
     "半角数字と「-」「.」だけで書いてください。",
     "Write numbers with ASCII digits, \"-\" and \".\" only."},
    {"exponent_numbers",
     "指数表記の数値が {n} 個あります。表計算ソフトで桁が失われた恐れがあります。",
     "{n} numbers are written with an exponent; a spreadsheet may have dropped digits.",
     "元の値を確かめ、すべての桁を書いてください。", "Check the original and write all digits."},
    {"era_dates", "和暦の日付が {n} 個あります。西暦に直しました。",
     "{n} dates are given in Japanese eras; they were converted.",
     "2024-04-01 の形で書いてください。", "Write dates as 2024-04-01."},
    {"impossible_dates", "存在しない日付または時刻が {n} 個あります（{text}）。",
     "{n} dates or times do not exist ({text}).", "暦と元号の期間を確かめてください。",
     "Check them against the calendar and the eras."},
    {"rejected_cells", "列のほかの値と種類の合わない値が {n} 個あります。空の値として扱いました。",
     "{n} values do not fit the column's type; they became null.",
     "それぞれの値と理由を「表に入らなかった値」（API では rejected）に挙げました。",
     "Each value is listed with its reason (in the API: rejected)."},
    {"cell_errors", "数式のエラーになっているセルが {n} 個あります。空の値として扱いました。",
     "{n} cells hold the error of a formula; they became null.",
     "数式を直し、値にしてから公開してください。", "Correct the formulas and publish values."},
    {"coordinates_swapped",
     "緯度と経度が入れ替わっているようです。値はそのままにし、地図では正しい向きで使います。",
     "Latitudes and longitudes seem to be swapped. The values stay as they are; maps use them the "
     "right way round.",
     "列名か値を入れ替えてください。", "Swap the names or the values."},
    {"degree_coordinates",
     "度分秒や「度」「北緯」などの付いた座標が {n} 個あります。小数の度に直しました。",
     "{n} coordinates are written in degrees and minutes or with marks; they became decimal "
     "degrees.",
     "35.376194 のように、数字だけで書いてください。", "Write digits only, as in 35.376194."},
    {"notes_sheet", "シート「{text}」は文章だけなので、表にはしませんでした。",
     "The sheet \"{text}\" holds sentences only; it is no table.",
     "説明はデータセットの説明へ移してください。",
     "Move explanations to the dataset's description."},
    {"coordinates_out_of_place", "日本の範囲にない座標が {n} 個あります。",
     "{n} coordinates are outside of Japan.",
     "緯度と経度の入れ替わり、桁の誤り、0 を確かめてください。",
     "Look for swapped coordinates, wrong digits and zeros."},
    {"declared_column_missing", "定義にある列「{text}」がファイルにありません。",
     "The declared column {text} is not in the file.",
     "ファイルの見出しか、列の定義を直してください。",
     "Correct the header or the declared schema."},
};

std::string filled(std::string_view pattern, const Occurrence& where) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with("{n}")) {
      out += std::to_string(where.count);
      i += 3;
    } else if (pattern.substr(i).starts_with("{text}")) {
      out += where.text;
      i += 6;
    } else {
      out += pattern[i++];
    }
  }
  return out;
}

}  // namespace

core::Finding make_finding(std::string_view id, const Occurrence& where) {
  const FindingText* found = &kTexts[0];
  for (const FindingText& text : kTexts) {
    found = text.id == id ? &text : found;
  }
  return {.id = std::string(id),
          .row = where.row,
          .column = where.column,
          .message = {filled(found->ja, where), filled(found->en, where)},
          .hint = {std::string(found->hint_ja), std::string(found->hint_en)}};
}

}  // namespace minato::tabular
