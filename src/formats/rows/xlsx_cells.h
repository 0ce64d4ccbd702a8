// One cell of a workbook: which kind of Excel's a value becomes. Only for xlsx_workbook.cc.
#pragma once

#include <xlsxwriter.h>

#include <string>

#include "core/table.h"

namespace minato::formats {

inline constexpr std::size_t kMaxXlsxCellCharacters = 32'767;

struct XlsxFormats {
  lxw_format* bold = nullptr;
  lxw_format* date = nullptr;
  lxw_format* datetime = nullptr;
  lxw_format* time = nullptr;
};

struct XlsxCell {
  lxw_worksheet* sheet = nullptr;
  lxw_row_t row = 0;
  lxw_col_t column = 0;
};

enum class XlsxWritten { kYes, kTooLong, kFailed };

class XlsxCells {
 public:
  explicit XlsxCells(const XlsxFormats& formats) : formats_(formats) {}
  // Null writes nothing. `type` tells dates from texts.
  XlsxWritten write(const XlsxCell& cell, const core::ValueView& value, core::ColumnType type);
  XlsxWritten write_text(const XlsxCell& cell, std::string_view text, lxw_format* format = nullptr);

 private:
  XlsxWritten write_number(const XlsxCell& cell, double number);
  // False: not a date or time that Excel has, such as those before 1900 or with a zone.
  bool write_time(const XlsxCell& cell, std::string_view text, core::ColumnType type);

  XlsxFormats formats_;
  std::string terminated_;  // the library wants NUL behind
};

}  // namespace minato::formats
