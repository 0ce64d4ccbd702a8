#include "tabular/workbook/workbook_errors.h"

#include <string>

namespace minato::tabular {

using core::ErrorCode;
using core::fail;

tl::unexpected<core::Error> workbook_damaged(std::string_view what_ja, std::string_view what_en) {
  return fail(ErrorCode::kInvalidArgument, "workbook-damaged",
              {"Excel ファイルが壊れていて読めません（" + std::string(what_ja) + "）。",
               "The Excel workbook is damaged and cannot be read (" + std::string(what_en) + ")."},
              {"Excel で開いて保存し直すか、CSV で保存したものを登録してください。",
               "Open it in Excel and save it again, or publish it as CSV."});
}

tl::unexpected<core::Error> workbook_encrypted() {
  return fail(ErrorCode::kInvalidArgument, "workbook-encrypted",
              {"Excel ファイルがパスワードで暗号化されていて読めません。",
               "The Excel workbook is encrypted with a password and cannot be read."},
              {"Excel の「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」で"
               "パスワードを空にして保存し直してください。",
               "In Excel, empty the password under File > Info > Protect Workbook > Encrypt with "
               "Password, and save it again."});
}

tl::unexpected<core::Error> workbook_too_large(std::string_view what_ja, std::string_view what_en) {
  return fail(ErrorCode::kTooLarge, "workbook-too-large",
              {"Excel ファイルの" + std::string(what_ja) + "が上限を超えています。",
               "The Excel workbook goes over a limit: " + std::string(what_en) + "."},
              {"シートを分けるか、CSV で保存したものを登録してください。",
               "Split the sheets, or publish them as CSV."});
}

tl::unexpected<core::Error> workbook_bomb() {
  return fail(ErrorCode::kTooLarge, "archive-bomb",
              {"展開後の大きさが、ファイルの大きさに比べて異常です。",
               "The file unpacks to an abnormal multiple of its size."},
              {"Excel で使われていない行や書式を削除して保存し直すか、CSV で登録してください。",
               "Delete unused rows and formats in Excel and save it again, or publish it as CSV."});
}

tl::unexpected<core::Error> not_a_workbook(std::string_view what_ja, std::string_view what_en) {
  return fail(ErrorCode::kUnsupportedMedia, "file-not-tabular",
              {"表として読めるファイルではありません: " + std::string(what_ja) + "。",
               "This is not a file that can be read as a table: " + std::string(what_en) + "."},
              {"Excel で XLSX（Excel ブック）または CSV UTF-8 として保存し直してください。",
               "Save it in Excel as XLSX (Excel workbook) or as CSV UTF-8."});
}

tl::unexpected<core::Error> too_many_columns(std::size_t max_columns) {
  const std::string limit = std::to_string(max_columns);
  return fail(ErrorCode::kTooLarge, "too-many-columns",
              {"列が多すぎます（上限 " + limit + " 列）。",
               "There are too many columns (the limit is " + limit + ")."},
              {"横に並べた項目を行に並べ替えるか、表を分けてください。",
               "Turn what stands side by side into rows, or split the table."});
}

tl::unexpected<core::Error> too_many_rows(std::int64_t max_rows) {
  const std::string limit = std::to_string(max_rows);
  return fail(ErrorCode::kTooLarge, "too-many-rows",
              {"行が多すぎます（上限 " + limit + " 行）。",
               "There are too many rows (the limit is " + limit + ")."},
              {"年度や地域ごとにファイルを分けてください。", "Split the file by year or by area."});
}

tl::unexpected<core::Error> cell_too_large(std::int64_t row, std::size_t max_bytes) {
  const std::string at = std::to_string(row);
  const std::string limit = std::to_string(max_bytes);
  return fail(ErrorCode::kTooLarge, "cell-too-large",
              {at + " 行目に大きすぎるセルがあります（上限 " + limit + " バイト）。",
               "Row " + at + " has a cell that is too large (the limit is " + limit + " bytes)."},
              {"長い文章は別のファイルにして、セルには URL を書いてください。",
               "Put long texts into files of their own and their URL into the cell."});
}

}  // namespace minato::tabular
