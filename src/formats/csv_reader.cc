#include "formats/csv_reader.h"

#include <algorithm>
#include <optional>

#include "core/utf8.h"

namespace minato::formats {

namespace {

using core::ErrorCode;
using core::LocalizedText;
using core::Result;

tl::unexpected<core::Error> too_large() {
  return core::fail(ErrorCode::kTooLarge, "csv-too-large",
                    {"CSV が大きすぎます。", "The CSV is too large."},
                    {"行や列を減らすか、ファイルを分けてください。",
                     "Use fewer rows or columns, or split the file."});
}

class Reader {
 public:
  Reader(std::string_view text, const CsvLimits& limits) : text_(text), limits_(limits) {}

  Result<CsvTable> read() {
    CsvTable table;
    bool has_header = false;
    while (at_ < text_.size()) {
      CsvRow row;
      row.line = line_;
      if (!read_row(row)) return tl::unexpected(*error_);
      if (!has_header) {
        table.header = std::move(row.cells);
        has_header = true;
        if (!check_header(table.header)) return tl::unexpected(*error_);
        continue;
      }
      if (row.cells.size() != table.header.size()) return wrong_width(row, table.header.size());
      if (table.rows.size() == limits_.max_rows) return too_large();
      table.rows.push_back(std::move(row));
    }
    if (!has_header) {
      refuse({"CSV が空です。", "The CSV is empty."},
             {"1 行目に列名を書いてください。", "Put column names on line 1."});
      return tl::unexpected(*error_);
    }
    return table;
  }

 private:
  // The position of errors is where the reader stands.
  bool refuse(LocalizedText message, LocalizedText hint) {
    core::Error error{ErrorCode::kInvalidArgument, "csv-syntax", message, hint, {}, {}};
    error.details.push_back(
        {"", std::move(message),
         "line " + std::to_string(line_) + " column " + std::to_string(at_ - line_start_ + 1), "",
         "", std::move(hint)});
    error_ = std::move(error);
    return false;
  }

  tl::unexpected<core::Error> wrong_width(const CsvRow& row, std::size_t expected) {
    line_ = row.line;
    line_start_ = at_;
    refuse({"行のセルの数が列名の数と違います。",
            "A row has more or fewer cells than there are column names."},
           {"区切りのコンマの数を確かめ、コンマや改行を含むセルは \" で囲んでください。",
            "Check the commas; put cells that hold commas or line ends into double quotes."});
    error_->details[0].expected = std::to_string(expected);
    error_->details[0].got = std::to_string(row.cells.size());
    return tl::unexpected(*error_);
  }

  bool check_header(const std::vector<std::string>& header) {
    if (header.size() > limits_.max_columns) {
      error_ = too_large().value();
      return false;
    }
    std::vector<std::string> sorted = header;
    std::sort(sorted.begin(), sorted.end());
    const bool doubled = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
    if (!doubled && !sorted.front().empty()) return true;
    line_ = 1;
    line_start_ = at_;
    return refuse({"列名が空か、重なっています。", "A column name is empty or stands twice."},
                  {"1 行目の列名を、空でなく重ならないようにしてください。",
                   "Give every column on line 1 a name of its own."});
  }

  bool read_row(CsvRow& row) {
    while (true) {
      std::string cell;
      const bool ok =
          at_ < text_.size() && text_[at_] == '"' ? read_quoted(cell) : read_plain(cell);
      if (!ok) return false;
      row.cells.push_back(std::move(cell));
      if (row.cells.size() > limits_.max_columns) {
        error_ = too_large().value();
        return false;
      }
      if (at_ >= text_.size()) return true;
      if (text_[at_] != ',') return end_line();
      ++at_;
    }
  }

  bool end_line() {
    if (text_[at_] == '\r') ++at_;
    if (at_ >= text_.size() || text_[at_] != '\n') {
      return refuse(
          {"行の終わりに余分な文字があります。", "There is something behind a cell or line end."},
          {"改行を CRLF か LF に、引用符の後はコンマか改行にしてください。",
           "End lines with CRLF or LF, and follow a closing quote by a comma or line end."});
    }
    next_line();
    return true;
  }

  void next_line() {
    ++at_;
    ++line_;
    line_start_ = at_;
  }

  bool read_plain(std::string& cell) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n') {
      if (text_[at_] == '"') {
        return refuse({"囲まれていないセルに \" があります。",
                       "A double quote stands inside an unquoted cell."},
                      {"セル全体を \" で囲み、中の \" は \"\" と書いてください。",
                       "Quote the whole cell and write the inner quote twice."});
      }
      ++at_;
    }
    cell = text_.substr(begin, at_ - begin);
    return true;
  }

  bool read_quoted(std::string& cell) {
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') return true;
      }
      cell += c;
      if (c == '\n') {
        next_line();
      } else {
        ++at_;
      }
    }
    return refuse({"引用符が閉じていません。", "A quoted cell is not closed."},
                  {"セルの終わりに \" を書いてください。", "Close the cell with a double quote."});
  }

  std::string_view text_;
  CsvLimits limits_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
  std::optional<core::Error> error_;
};

}  // namespace

core::Result<CsvTable> parse_csv(std::string_view text, const CsvLimits& limits) {
  if (text.size() > limits.max_bytes) return too_large();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t offset = 0;
  while (offset < text.size()) {
    if (core::next_code_point(text, offset)) continue;
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n') + 1;
    core::Error error{ErrorCode::kInvalidArgument,
                      "csv-syntax",
                      {"CSV が UTF-8 ではありません。", "The CSV is not UTF-8."},
                      {"文字コードを UTF-8 にして保存してください。", "Save the file as UTF-8."},
                      {},
                      {}};
    error.details.push_back(
        {"", error.message, "line " + std::to_string(line), "UTF-8", "", error.hint});
    return tl::unexpected(std::move(error));
  }
  return Reader(text, limits).read();
}

}  // namespace minato::formats
