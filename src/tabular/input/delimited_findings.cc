#include "tabular/input/delimited_source.h"

namespace minato::tabular {
namespace {

core::Finding finding(std::string id, core::LocalizedText message, core::LocalizedText hint) {
  return {std::move(id), 0, {}, std::move(message), std::move(hint)};
}

core::Finding replaced(std::int64_t bytes) {
  const std::string count = std::to_string(bytes);
  return finding(
      "replaced_bytes",
      {"文字として読めないバイトが " + count + " 個あり、「\uFFFD」に置き換えました。",
       count + " bytes are no characters of the encoding; they became U+FFFD."},
      {"文字コードを UTF-8 にして保存し直してください。", "Save the file again, as UTF-8."});
}

core::Finding nuls(std::int64_t bytes) {
  const std::string count = std::to_string(bytes);
  return finding(
      "nul_bytes",
      {"NUL 文字が " + count + " 個あり、取り除きました。",
       count + " NUL characters were dropped."},
      {"出力したプログラムの設定を確かめてください。", "Check the program that wrote the file."});
}

core::Finding lone_crs(std::int64_t bytes) {
  const std::string count = std::to_string(bytes);
  return finding("lone_cr",
                 {"セルの中に単独の復帰文字(CR)が " + count +
                      " 個あります。レコードの終わりとはみなしません。",
                  count + " lone carriage returns stand inside cells; they do not end records."},
                 {"セル内の改行は LF にするか、取り除いてください。",
                  "Use LF for line breaks inside cells, or remove them."});
}

core::Finding mixed_line_ends() {
  return finding("mixed_line_ends",
                 {"レコードの改行コードが混在しています。", "Records end in different ways."},
                 {"改行コードを CRLF か LF のどちらかに統一してください。",
                  "End all records with CR LF, or all with LF."});
}

core::Finding double_encoded() {
  return finding(
      "double_encoded",
      {"文字化けしたまま UTF-8 で保存されていたため、元の文字に戻しました。",
       "The text was saved as UTF-8 after it had been read in the wrong encoding; it was "
       "put right."},
      {"元のファイルを正しい文字コードで開き、UTF-8 で保存し直してください。",
       "Open the original in its own encoding and save it as UTF-8."});
}

core::Finding text_after_quote(std::int64_t cells, std::int64_t row) {
  const std::string count = std::to_string(cells);
  core::Finding found = finding(
      "text_after_quote",
      {"閉じた引用符の後に文字があるセルが " + count + " 個あります。文字はセルに続けました。",
       count + " cells have text behind their closing quote; it was appended."},
      {"セル内の引用符を 2 つ重ねて(\"\")ください。", "Double quotes inside cells (\"\")."});
  found.row = row;
  return found;
}

core::Finding formula_texts(std::int64_t cells, std::int64_t row) {
  const std::string count = std::to_string(cells);
  core::Finding found = finding(
      "formula_texts",
      {"表計算ソフト向けに =\"…\" と書かれたセルが " + count + " 個あります。中の値を読みました。",
       count + " cells are written as =\"…\" for spreadsheets; the value inside was read."},
      {"値だけを書いてください。", "Write the value alone."});
  found.row = row;
  return found;
}

}  // namespace

std::vector<core::Finding> DelimitedSource::findings() const {
  std::vector<core::Finding> all;
  if (repaired_) all.push_back(double_encoded());
  if (const auto bytes = stream_.decoder().replaced_bytes(); bytes > 0) {
    all.push_back(replaced(bytes));
  }
  if (const auto bytes = stream_.decoder().nul_bytes(); bytes > 0) all.push_back(nuls(bytes));
  if (counts_.lone_cr > 0) all.push_back(lone_crs(counts_.lone_cr));
  const int kinds =
      (counts_.crlf > 0 ? 1 : 0) + (counts_.lf > 0 ? 1 : 0) + (counts_.cr > 0 ? 1 : 0);
  if (kinds > 1) all.push_back(mixed_line_ends());
  if (counts_.text_after_quote > 0) {
    all.push_back(text_after_quote(counts_.text_after_quote, counts_.text_after_quote_row));
  }
  if (counts_.formula_texts > 0) {
    all.push_back(formula_texts(counts_.formula_texts, counts_.formula_texts_row));
  }
  all.insert(all.end(), unclosed_.begin(), unclosed_.end());
  return all;
}

}  // namespace minato::tabular
